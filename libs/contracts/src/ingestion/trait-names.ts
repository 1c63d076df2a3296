import { pathOf, plainName } from './field-names.js';
import { memoized } from './memo.js';

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** The names that form builders, CRMs and languages have for a trait, as {@link plainName} writes them. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  email:
    words(`email emailaddress mail workemail businessemail companyemail professionalemail contactemail useremail
    customeremail subscriberemail personemail replyto emailaddr emailid mailaddress mailadresse emailadresse emailadres courriel
    adresseemail adressemail correo correoelectronico direccioncorreo indirizzoemail enderecoemail epost epostadress sahkoposti
    adresemail emailprofessionnel geschaftlicheemail adresseelectronique emailcim почта электроннаяпочта メールアドレス 邮箱 电子邮箱
    이메일`),
  firstName:
    words(`firstname fname givenname forename namefirst namegiven vorname prenom nombrepila primernombre primeironome имя 名
    voornaam fornamn fornavn etunimi imie jmeno`),
  lastName:
    words(`lastname lname surname familyname namelast namefamily nachname familienname nomdefamille apellido apellidos
    primerapellido cognome sobrenome apelido ultimonome achternaam efternamn efternavn etternavn sukunimi nazwisko prijmeni nom фамилия 姓`),
  name: words(`name fullname contactname personname customername clientname nombre nombrecompleto nombreyapellidos nome
    nomecompleto nomecognome nomcomplet nometprenom naam volledigenaam namn navn nimi ansprechpartner contactperson imieinazwisko
    фио 氏名 お名前 姓名 이름`),
  phone:
    words(`phone phonenumber telephone telephonenumber tel mobile mobilephone mobilephonenumber mobilenumber personphone cell cellphone workphone
    businessphone contactnumber telefon telefonnummer handynummer rufnummer telefono numerodetelefono numerotelefono telefone
    celular telefoonnummer telefoon numerodetelephone portable puhelin телефон 電話番号 电话 전화번호`),
  company:
    words(`company companyname organisation organization organisationname organizationname employer business
    businessname accountname companyaccount associatedcompany firma firmenname unternehmen societe raisonsociale entreprise nomentreprise empresa
    nombreempresa nomedaempresa azienda ragionesociale bedrijf bedrijfsnaam foretag virksomhed yritys companyorganisation companyorganization компания 会社名 公司 公司名称 회사명`),
  jobTitle:
    words(`jobtitle title role jobrole position job jobfunction jobposition occupation berufsbezeichnung funktion
    stellung fonction poste intituleposte cargo puesto ruolo posizione funcao functie functietitel stanowisko должность 役職 职位 직책`),
  employees:
    words(`employees employeecount numberofemployees numemployees numberemployees noofemployees companysize
    companyemployees organizationsize organisationsize teamsize headcount mitarbeiter mitarbeiterzahl anzahlmitarbeiter
    unternehmensgrosse nombredesalaries nombredemployes effectif effectifs empleados numerodeempleados dipendenti
    numerodipendenti funcionarios aantalmedewerkers medewerkers antalanstallda anzahldermitarbeiter employeerange employeesrange companyheadcount howmanyemployees
    howmanyemployeesdoesyourcompanyhave количествосотрудников 従業員数 员工人数`),
  industry: words(`industry sector branche secteur industria settore setor bransch`),
  country: words(
    `country countrycode countryname countryregion land pays pais paese kraj maa addresscountry`,
  ),
  website: words(`website companywebsite websiteurl homepage webseite siteweb sitioweb sitoweb`),
};

const TRAIT = new Map(
  Object.entries(SPELLINGS).flatMap(([trait, spellings]) =>
    spellings.map((spelling) => [plainName(spelling), trait] as const),
  ),
);

/** What builders and pages put around the name of a field: `Ihr Name`, `q3_email`, `billing_phone`, `email-1`, `txtEmail`. */
const AROUND =
  /^(?:your|ihre?|votre|q\d+|field|fld|input|txt|cf|nffield|mce|sicontact|etpbcontact|cntctfrmcontact|billing|primary|personal|lead|visitor|applicant)|(?:input|field)?\d*$/g;

/** Names that mean the person only when nothing else is around them: the name of a product is not the person's. */
const AMBIGUOUS = new Set(
  words('name title role position job mail website account business land industry sector country'),
);
const OTHER_THINGS = new Set(
  words(`product products company organisation organization account event file page project course plan item items order
    campaign source form webinar school team utm context device browser app asset article category video document meta`),
);

/**
 * The trait a field is about, such as `jobTitle` for `Job title` or `role`; undefined for a field without one. Of a nested name the
 * longest known end counts: `name[first]` is the first name, `form_fields[email]` the address, `product[name]` no trait.
 */
export const traitNamed = memoized((field): string | undefined => {
  const path = pathOf(field).map(plainName);
  for (let from = 0; from < path.length; from += 1) {
    const whole = path.slice(from).join('');
    const name = TRAIT.has(whole) ? whole : whole.replace(AROUND, '');
    const trait = TRAIT.get(name);
    if (trait === undefined) continue;
    return AMBIGUOUS.has(name) && path.slice(0, from).some((part) => OTHER_THINGS.has(part))
      ? undefined
      : trait;
  }
  return undefined;
});

export const isTraitName = (name: string): boolean => Object.hasOwn(SPELLINGS, name);

/** The names of all traits that scoring and routing know. */
export const TRAIT_NAMES: readonly string[] = Object.keys(SPELLINGS);
