/** How a cue reports: `say` words in speech, `write` in writing, `think` in thought, `label` (“called it …”) a name that someone gives to something. */
export type CueKind = 'say' | 'write' | 'think' | 'label';

const verbs: Readonly<Record<CueKind, string>> = {
  say: `accuse acknowledge add admit admonish advise advocate affirm agree allege allow announce answer appeal argue ask assert assure attack
    bark beg begin bellow bemoan blame blast blurt boast brag cajole caution challenge chant charge chide chime chuckle cite claim clarify
    comment complain concede conclude confess confide confirm congratulate contend continue counter credit criticize criticise cry deadpan
    declare decline decry defend demand denounce deny deride detail dismiss disclose echo elaborate emphasize emphasise encourage end
    exclaim exhort exclaim explain express finish gasp grumble gripe growl gush hint hold imply implore indicate inform inquire insist
    instruct interject intone introduce invoke joke jest lament laugh lecture lie maintain mention mock moan mumble murmur muse mutter
    note object observe offer opine order outline plead pledge point ponder praise pray predict proclaim profess promise pronounce propose
    protest quip quote rail rant read reaffirm reason reassure recall recite recommend recount reflect refuse refute reiterate reject
    relate remark remember remind reminisce repeat reply report request resolve respond retort reveal rip roar say scoff scold scream
    shout shriek sigh slam smile snap sneer snort speak specify speculate state stipulate stress suggest summarize summarise surmise swear
    sympathize taunt tease tell testify thank threaten thunder tout trumpet underline underscore urge utter venture volunteer voice vow
    vent snipe recognize recognise rule cite wail warn welcome whine whisper yell`,
  write: 'write tweet retweet post blog email e-mail text publish sign caption',
  think: 'think believe feel fear hope wonder expect consider doubt know worry decide imagine find',
  label:
    'call describe label dub brand characterize characterise deem term compare liken refer portray depict hail title entitle name nickname',
};

const irregular: Readonly<Record<string, readonly string[]>> = {
  say: ['said', 'saying', 'says', 'say'],
  tell: ['told', 'telling', 'tells', 'tell'],
  write: ['wrote', 'written', 'writing', 'writes', 'write'],
  think: ['thought', 'thinking', 'thinks', 'think'],
  feel: ['felt', 'feeling', 'feels', 'feel'],
  find: ['found', 'finding', 'finds', 'find'],
  know: ['knew', 'known', 'knowing', 'knows', 'know'],
  hold: ['held', 'holding', 'holds', 'hold'],
  begin: ['began', 'beginning', 'begins', 'begin'],
  speak: ['spoke', 'speaking', 'speaks', 'speak'],
  swear: ['swore', 'swearing', 'swears', 'swear'],
  read: ['read', 'reads', 'reading'],
  lie: ['lied', 'lying', 'lies', 'lie'],
  refer: ['referred', 'referring', 'refers', 'refer'],
  rip: ['ripped', 'ripping', 'rips', 'rip'],
  slam: ['slammed', 'slamming', 'slams', 'slam'],
  snap: ['snapped', 'snapping', 'snaps', 'snap'],
  admit: ['admitted', 'admitting', 'admits', 'admit'],
  beg: ['begged', 'begging', 'begs', 'beg'],
  brag: ['bragged', 'bragging', 'brags', 'brag'],
  quip: ['quipped', 'quipping', 'quips', 'quip'],
  label: ['labeled', 'labelled', 'labeling', 'labelling', 'labels', 'label'],
  dub: ['dubbed', 'dubbing', 'dubs', 'dub'],
  blog: ['blogged', 'blogging', 'blogs', 'blog'],
  reveal: ['revealed', 'revealing', 'reveals', 'reveal'],
  offer: ['offered', 'offering', 'offers', 'offer'],
};

function formsOf(verb: string): readonly string[] {
  const known = irregular[verb];
  if (known) return known;
  if (/[^aeiou]y$/.test(verb)) return [verb, `${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  if (/e$/.test(verb)) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (/(?:s|sh|ch|x)$/.test(verb)) return [verb, `${verb}es`, `${verb}ed`, `${verb}ing`];
  return [verb, `${verb}s`, `${verb}ed`, `${verb}ing`];
}

const kinds = new Map<string, CueKind>();
for (const kind of ['think', 'label', 'write', 'say'] as const) {
  for (const verb of verbs[kind].split(/\s+/)) for (const form of formsOf(verb)) kinds.set(form, kind);
}

/** How the verb form `lower` (in small letters) reports; undefined where it is no verb of reporting. */
export function cueKind(lower: string): CueKind | undefined {
  return kinds.get(lower);
}

/** Whether `lower` is a form that hardly does anything but report, so that it is a cue wherever it stands. */
export function isPlainCue(lower: string): boolean {
  return plain.has(lower);
}
const plain = new Set(
  'say tell add write tweet reply respond explain argue insist warn declare state assert claim remark announce complain contend joke quip vow acknowledge admit allege caution concede note stress emphasize emphasise underscore recall boast exclaim retort shout yell'
    .split(' ')
    .flatMap(formsOf),
);

/** Whether the small-letter `lower` names an act of saying, so that “Smith’s assertion that” has Smith as its source. */
export function isSayingNoun(lower: string): boolean {
  return nouns.has(lower);
}
const nouns = new Set(
  `accusation advice allegation announcement answer argument assertion assessment call charge claim comment comments complaint conclusion
  contention criticism declaration demand denial description explanation insistence line message motto note observation opinion phrase
  pledge plea post posts prediction promise proposal question remark remarks reply report response retort speech statement suggestion
  testimony threat tweet tweets view vow warning words slogan mantra email letter ad memo`.split(/\s+/),
);
