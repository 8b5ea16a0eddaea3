import './suggestion-rules.css';
import { useEffect, useMemo, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { type Experience, type RuleTally, shareKept } from '../../../core/suggestions/learning.ts';
import { ruleInWords, ruleReasons } from '../../../core/suggestions/rules.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { experienceIn, learnedSince } from '../../state/experience.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { momentWords } from '../../ui/moment.ts';

/** The rules of suggestions, what became of their suggestions in the project, and what was learned from that. */
export function SuggestionRules() {
  const { view } = useSession();
  const isOpen = useView((state) => state.suggestionRules);
  return (
    <Dialog title="Rules of suggestions" isOpen={isOpen} onClose={() => view.set({ suggestionRules: false })} isWide>
      {isOpen && <Sheet />}
    </Dialog>
  );
}

function Sheet() {
  const since = useWorkspace(learnedSince);
  const all = useExperience(null);
  const learned = useExperience(since);
  const open = useOpenCounts();
  const articles = useWorkspace((state) => state.articles.length);
  return (
    <div className="suggestion-rules">
      <p role="status" className="muted">
        {all.failure ?? (all.isDone ? summaryOf(all.experience) : `Looked at ${counted(all.searched, 'article')}…`)}
      </p>
      <p className="muted">
        {open.looked < articles ? `Open counted in ${open.looked} of ${counted(articles, 'article')}…` : openSummary(open.counts)}
      </p>
      <Rules experience={all.experience} open={open.counts} />
      <Learned experience={learned.experience} since={since} />
    </div>
  );
}

function openSummary(counts: ReadonlyMap<string, number>): string {
  const sum = [...counts.values()].reduce((total, count) => total + count, 0);
  return `${counted(sum, 'suggestion')} ${sum === 1 ? 'is' : 'are'} open in the project, of the kinds and at least as sure as the settings ask.`;
}

function summaryOf({ rules }: Experience): string {
  const tallies = Object.values(rules);
  const sum = (what: keyof RuleTally) => tallies.reduce((total, tally) => total + tally[what], 0);
  const [accepted, edited, rejected] = [sum('accepted'), sum('edited'), sum('rejected')];
  if (accepted + edited + rejected === 0) return 'You have accepted and rejected nothing yet. Each decision is counted here by its rule.';
  return `You accepted ${counted(accepted + edited, 'suggestion')}, ${edited} of them edited afterwards, and rejected ${rejected}.`;
}

const families = [
  ['quote', 'Quotes in marks'],
  ['indirect', 'Quotes without marks'],
  ['term', 'Quoted terms'],
  ['stance', 'Stances'],
  ['fact', 'Facts'],
] as const;
const withoutMarks = new Set(['quote.that', 'quote.clause', 'quote.according', 'quote.closing']);
const familyOf = (rule: string) => (withoutMarks.has(rule) ? 'indirect' : rule.split('.')[0]);

function Rules({ experience, open }: { readonly experience: Experience; readonly open: ReadonlyMap<string, number> }) {
  const rules = [...new Set([...Object.keys(ruleReasons), ...Object.keys(experience.rules)])];
  const known: readonly string[] = families.map(([family]) => family);
  const groups = [...families, ['other', 'Rules of earlier versions'] as const];
  return (
    <table className="rule-table">
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Accepted</th>
          <th scope="col">Edited</th>
          <th scope="col">Rejected</th>
          <th scope="col">Open</th>
          <th scope="col">Kept</th>
        </tr>
      </thead>
      {groups.map(([family, title]) => {
        const own = rules.filter((rule) => (family === 'other' ? !known.includes(familyOf(rule) ?? '') : familyOf(rule) === family));
        if (own.length === 0) return null;
        return (
          <tbody key={family}>
            <tr>
              <th scope="rowgroup" colSpan={6} className="rule-family">
                {title}
              </th>
            </tr>
            {own.map((rule) => (
              <Rule key={rule} rule={rule} tally={experience.rules[rule] ?? none} open={open.get(rule) ?? 0} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

const none: RuleTally = { accepted: 0, edited: 0, rejected: 0 };

function Rule({ rule, tally, open }: { readonly rule: string; readonly tally: RuleTally; readonly open: number }) {
  const share = shareKept(tally);
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <tr data-used={share !== null || open > 0}>
      <th scope="row">
        {ruleInWords(rule)} <code>{rule}</code>
      </th>
      <td>{tally.accepted}</td>
      <td>{tally.edited}</td>
      <td>{tally.rejected}</td>
      <td>{open}</td>
      <td className="rule-share">
        {percent === null ? (
          <span className="muted">–</span>
        ) : (
          <>
            <span className="rule-bar" aria-hidden="true">
              <span style={{ inlineSize: `${percent}%` }} />
            </span>
            {percent} %
          </>
        )}
      </td>
    </tr>
  );
}

// The most of each kind that are listed; the rest is a number.
const listed = 40;

function Learned({ experience, since }: { readonly experience: Experience; readonly since: string | null }) {
  const { actions } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const titleOf = (id: string) => (codebook?.layers.find((layer) => layer.id === id)?.title ?? id).toLowerCase();
  const rules = Object.values(experience.rules).reduce((total, { accepted, edited, rejected }) => total + accepted + edited + rejected, 0);
  const terms = Object.entries(experience.terms).flatMap(([layer, tallies]) =>
    Object.entries(tallies).flatMap(([words, { kept, rejected }]) => {
      if (Math.abs(kept - rejected) < 2) return [];
      const what = kept > rejected ? `kept ${counted(kept, 'time')}: surer` : `rejected ${counted(rejected, 'time')}: less sure`;
      return [{ key: `${layer} ${words}`, words: `“${words}” as a ${titleOf(layer)}`, what, weight: Math.abs(kept - rejected) }];
    }),
  );
  const names = Object.entries(experience.names).map(([name, count]) => ({
    ...{ key: name, words: name, what: `${counted(count, 'annotation')}: surer as who speaks`, weight: count },
  }));
  const isEmpty = rules === 0 && terms.length === 0 && names.length === 0;
  return (
    <section className="learned">
      <h3 className="heading">Learned {since === null ? 'in this project' : `since ${momentWords(since)}`}</h3>
      <p className="muted">
        The share you keep changes how sure a rule is, by 0.3 at most; its own measure counts as ten decisions. Words that you decided on
        twice in the same way and names that spoke before count too. Each suggestion says so in its reason.
      </p>
      {isEmpty && <p className="empty">Nothing yet.</p>}
      <div className="learned-lists">
        <List title="Words" lines={terms} />
        <List title="Names" lines={names} />
      </div>
      <div className="form-buttons">
        <Button isDisabled={isEmpty} onPress={() => actions.learn.reset()}>
          Reset learning
        </Button>
        <span className="muted">Counts, annotations and rejections stay.</span>
      </div>
    </section>
  );
}

interface Line {
  readonly key: string;
  readonly words: string;
  readonly what: string;
  readonly weight: number;
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  const sorted = [...lines].sort((a, b) => b.weight - a.weight || (a.words < b.words ? -1 : 1));
  const left = sorted.length - listed;
  return (
    <div>
      <h4>{title}</h4>
      <ul aria-label={title}>
        {sorted.slice(0, listed).map(({ key, words, what }) => (
          <li key={key}>
            {words} <span className="muted">{what}</span>
          </li>
        ))}
        {left > 0 && <li className="muted">and {left} more</li>}
      </ul>
    </div>
  );
}

interface Told {
  readonly experience: Experience;
  readonly searched: number;
  readonly isDone: boolean;
  readonly failure: string | null;
}

// The experience from all articles, part by part. Closing the dialog stops it. For loaded articles, the page's own state is used.
function useExperience(since: string | null): Told {
  const { actions } = useSession();
  const work = useWorkspace((state) => state.work);
  const registry = useWorkspace((state) => state.registry);
  const [told, setTold] = useState({
    since,
    parts: new Map<string, Experience>(),
    searched: 0,
    isDone: false,
    failure: null as string | null,
  });
  useEffect(() => {
    let isStopped = false;
    const read = async () => {
      const parts = new Map<string, Experience>();
      let searched = 0;
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const part: Output<'listExperience'> = await actions.learn.list({ after, since });
        if (isStopped) return;
        for (const { article, experience } of part.articles) parts.set(article, experience);
        searched += part.searched;
        after = part.next;
        setTold({ since, parts: new Map(parts), searched, isDone: after === null, failure: null });
      }
    };
    read().catch((error: unknown) => {
      const failure = error instanceof AppError ? `${error.failure.message} ${error.failure.next}` : 'The counts could not be read.';
      if (!isStopped) setTold((known) => ({ ...known, failure }));
    });
    return () => {
      isStopped = true;
    };
  }, [actions, since]);
  return useMemo(() => {
    const parts = told.since === since ? told.parts : new Map<string, Experience>();
    return { ...told, experience: experienceIn({ work, registry }, { since, parts }) };
  }, [told, work, registry, since]);
}

// The open suggestions in all articles, counted article by article. Closing the dialog stops it. Counted again after a reset.
function useOpenCounts() {
  const { actions } = useSession();
  const since = useWorkspace(learnedSince);
  const [open, setOpen] = useState<{ readonly counts: ReadonlyMap<string, number>; readonly looked: number }>({
    counts: new Map(),
    looked: 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset changes how sure each suggestion is
  useEffect(() => actions.learn.countOpen((counts, looked) => setOpen({ counts, looked })), [actions, since]);
  return open;
}
