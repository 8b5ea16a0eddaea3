/** The pronoun that stands for a person, in the nominative; null where that is not known. */
export type Gender = 'he' | 'she' | null;

const offices =
  /^(?:\p{L}*(?:ist|man|woman|person)|\p{L}*(?:mayor|governor|senator|minister|president|chancellor|secretary|ambassador|envoy|director|editor|founder|owner|chairman|chairwoman|chair|chief|head|leader|member|official|officer|aide|adviser|advisor|spokesman|spokeswoman|lawyer|attorney|judge|professor|teacher|writer|author|reporter|correspondent|commander|general|colonel|ally|candidate|nominee|analyst|economist|historian|expert|veteran|activist|donor|banker|farmer|worker|student|son|daughter|wife|husband|brother|sister|father|mother|in-law))$/u;
const others =
  /^(?:\p{L}{3,}(?:er|or)|nurse|coach|captain|pilot|priest|monk|nun|bishop|poet|vet|resident|tenant|client|patient|parent|opponent|agent|defendant|witness|victim|critic|cook|thief|guard|clerk|guest|friend|colleague|relative|cousin|uncle|aunt|niece|nephew|widow|girl|boy|child|driver|counsel|partner|king|queen|prince|princess|executive|detective|inspector|insider|source|diplomat|scientist|counterpart|predecessor|successor)$/u;
// Nouns that end like those of persons.
const things =
  /^(?:(?:news)?paper|letter|tower|computer|cent(?:er|re)|number|quarter|order|border|power|river|water|weather|chapter|matter|manner|meter|monitor|poster|banner|register|theater|answer|offer|tender|disorder|winter|summer|factor|sector|motor|error|mirror|color|labor|harbor|honor|humor|favor|floor|door|corridor|reactor|newsletter|website|september|october|november|december|transfer|master|minor|major|disaster|chamber)$/u;

/** Whether the noun `lower`, in small letters and in the singular, says what a person is: an office, a trade, a tie of family. */
export function isPersonNoun(lower: string): boolean {
  return (offices.test(lower) || others.test(lower)) && !things.test(lower);
}

/** Whether the noun `lower` is an office, a trade or a tie of family that a person is known by. */
export function isOffice(lower: string): boolean {
  return offices.test(lower);
}

/** What the noun `lower` says of who bears it: “daughter”, “spokesman”; null for most. */
export function genderOfNoun(lower: string): Gender {
  if (
    /woman$|^(?:mother|grandmother|wife|daughter|sister|aunt|girl|girlfriend|niece|widow|actress|queen|princess|nun|mum|mom)$/.test(lower)
  )
    return 'she';
  if (/man$|^(?:father|grandfather|husband|son|brother|uncle|boy|boyfriend|nephew|widower|actor|king|prince|monk|dad)$/.test(lower))
    return 'he';
  return null;
}

/** Whether the noun `lower` says that what bears it is an organisation. */
export function isOrganisationNoun(lower: string): boolean {
  return organisations.test(lower);
}
const organisations =
  /^(?:company|firm|operator|manufacturer|maker|developer|publisher|retailer|supplier|charity|union|agency|group|bank|airline|party|club|team|side|startup|start-up|business|unit|subsidiary|authority|regulator|watchdog|ministry|paper|newspaper|magazine|broadcaster|network|chain|university|school|hospital|museum|council|committee|commission|board|panel|association|federation|coalition|movement|fund|brand|vessel|ship|ferry|app)$/;
