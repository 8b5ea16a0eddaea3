import { countWords } from '../model/article.ts';
import type { DraftBlock } from './draft.ts';

const agencies =
  'Reuters|REUTERS|AFP|AP|EPA|EFE|DPA|dpa|PA|Getty(?: Images)?|Shutterstock|Anadolu(?: Agency)?|Alamy|NurPhoto|Bloomberg|Xinhua';
const places =
  'facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|bluesky|threads|instagram|youtube|tiktok|e-?mail|print|copy link|link|save|bookmark';

/** Each kind of line that is on a news page without being of its article: why it is proposed to be left out, how it reads, and how long it may be. */
const kinds: readonly (readonly [reason: string, pattern: RegExp, mostWords: number])[] = [
  [
    'invites comments',
    /^(?:(?:add|leave|post|write|submit|view|show|hide|read)(?: all)?(?: (?:a|your|the|\d+))? (?:comments?|reply|replies)|(?:no|\d+|comments?) ?comments?|comments?(?: \(\d+\))?|join the (?:conversation|discussion)|leave a reply)[.!:]?$/i,
    8,
  ],
  [
    'share line',
    new RegExp(
      `^(?:share|tweet|follow us|post|send)\\b(?: (?:this|the|article|story|page|post|on|via|to|by|with|your|friends))*(?:[\\s|,:·•/&]+(?:and |on |via )?(?:${places}))*[.!:]?$`,
      'i',
    ),
    16,
  ],
  ['share line', new RegExp(`^(?:${places})(?:[\\s|,·•/&]+(?:${places}))+$`, 'i'), 16],
  [
    'leads elsewhere',
    /^(?:read (?:more|also|next)|see also|also read|more (?:on this(?: story)?|from|stories)|related(?: (?:articles?|stories|topics|news|content|posts))?|recommended(?: (?:stories|for you|reading))?|trending(?: now)?|most (?:read|popular)|you (?:may|might) also like|don['’]t miss|up next|what to read next|continue reading|keep reading|click here)(?:$|[.…!]*$|\s*[:>»→–—-].*$)/i,
    30,
  ],
  [
    'leads elsewhere',
    /^(?:continue reading|read the full (?:story|article)|click here (?:to|for)|more (?:from|on|about) )\b.*[^.!?]$/i,
    14,
  ],
  [
    'photo credit',
    /^(?:(?:file )?(?:photo(?:graph)?|image|picture|video|illustration|graphic)s?(?: (?:credits?|courtesy|source))?(?: (?:by|of))?|credits?)\s*[:©/|].{1,160}$/i,
    30,
  ],
  ['photo credit', new RegExp(`(?:[([/|©]\\s*|^)(?:${agencies})(?:\\s*[/|].{1,60}|\\s*(?:via|photo)\\b.{0,60})?\\s*[)\\].]?$`), 60],
  ['photo credit', new RegExp(`\\b(?:${agencies})\\s*/\\s*\\S+(?: \\S+){0,4}$`), 60],
  ['photo credit', /\b(?:Getty Images|AP Photo\/|AFP via|via AP|via Reuters|File Photo)\b/, 60],
  [
    'cookie notice',
    /\b(?:we(?: and our partners)? use cookies|(?:web)?site uses cookies|cookie (?:policy|settings|preferences|notice|consent)|(?:accept|reject|manage)(?: all)? cookies)\b/i,
    80,
  ],
  [
    'asks to subscribe',
    /^(?:subscribe|sign up|sign in|log in|register|already a subscriber|become a (?:member|subscriber)|support (?:us|our journalism)|donate)\b(?!.*["“”]).{0,120}$/i,
    16,
  ],
  ['asks to subscribe', /^(?:get|receive|join)\b.*\b(?:newsletter|inbox)\b/i, 30],
  ['advertisement', /^(?:advertisement|advertising|advert|sponsored(?: content)?|promoted(?: content)?|ad)(?: [-–—].*)?[.:]?$/i, 6],
  ['copyright line', /^(?:©|\(c\)|copyright\b).{0,200}$|\ball rights reserved\b/i, 40],
  [
    'page navigation',
    /^(?:skip to (?:main )?content|back to top|menu|search|home|close|loading(?:…|\.{3})?|show more|load more|next(?: article)?|previous(?: article)?)$/i,
    4,
  ],
];

const sections =
  /^(?:(?:breaking|latest|top|world|local|uk|us|business|political|international|national) )?news$|^(?:world|politics|business|economy|opinion|analysis|europe|asia|africa|americas|middle east|uk|us|international|national|local|sport|sports|culture|science|technology|tech|health|climate|environment|live|exclusive|home ?[>/»].*)$/i;

const same = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The blocks of an article called `title` with a reason at each that reads like the page around it: comment invitations, share lines,
 * photo credits, cookie notices, a headline that is repeated, the name of a section above the first paragraph. A block that has a reason
 * already keeps it, unless the words tell a nearer one. Nothing is taken away: a person decides.
 */
export function proposeLeavingOut(blocks: readonly DraftBlock[], title: string): DraftBlock[] {
  const headline = same(title);
  const firstParagraph = blocks.findIndex(({ text, leaveOut }) => leaveOut === null && text.length >= 80);
  let hasHeadline = false;
  return blocks.map((block, index) => {
    const text = block.text.trim();
    const isHeadline = headline !== '' && same(text) === headline;
    const isAgain = isHeadline && hasHeadline;
    if (isHeadline && block.leaveOut === null) hasHeadline = true;
    const reason = isAgain ? 'headline again' : isHeadline ? null : reasonOf(text, index < firstParagraph);
    return reason === null ? block : { ...block, leaveOut: reason };
  });
}

function reasonOf(text: string, isAboveFirst: boolean): string | null {
  if (text === '' || text.length > 600) return null;
  if (isAboveFirst && sections.test(text)) return 'section name';
  const words = countWords(text);
  return kinds.find(([, pattern, mostWords]) => words <= mostWords && pattern.test(text))?.[0] ?? null;
}
