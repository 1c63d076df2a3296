/** Something a person has to do before this can start. The message says what. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
