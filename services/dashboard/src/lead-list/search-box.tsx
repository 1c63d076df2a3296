import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';

/** The searched words; they are given on when nothing was typed for a moment, and taken over when the address changes otherwise. */
export const SearchBox = ({
  words,
  onWords,
}: {
  words: string;
  onWords: (words: string) => void;
}): ReactNode => {
  const [text, setText] = useState(words);
  const [seen, setSeen] = useState(words);
  const [given, setGiven] = useState(words);
  if (words !== seen) {
    setSeen(words);
    if (words !== given) {
      setGiven(words);
      setText(words);
    }
  }
  const give = useDebouncedCallback((typed: string) => {
    setGiven(typed);
    onWords(typed);
  }, 250);
  return (
    <TextInput
      role="searchbox"
      aria-label="Search by name, company or e-mail"
      placeholder="Name, company or e-mail"
      w={250}
      maxLength={100}
      leftSection={<Search size={16} aria-hidden />}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        give(value.trim());
      }}
    />
  );
};
