import type { DraftBlock } from '../../../core/import/draft.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';

// A page can show this many lines with a box each. In longer texts, the remaining lines are imported as proposed.
const mostShown = 1000;

interface PreviewBlocksProps {
  readonly blocks: readonly DraftBlock[];
  readonly leftOut: ReadonlySet<number>;
  readonly onChange: (leftOut: ReadonlySet<number>) => void;
}

/** The lines of an article to import, each with a box. Ticked lines are imported. If a line is proposed to be left out, it says why. */
export function PreviewBlocks({ blocks, leftOut, onChange }: PreviewBlocksProps) {
  const proposed = blocks.flatMap(({ leaveOut }, index) => (leaveOut === null ? [] : [index]));
  const toggle = (index: number) => {
    const next = new Set(leftOut);
    if (!next.delete(index)) next.add(index);
    onChange(next);
  };
  return (
    <section aria-label="Text">
      <div className="preview-head">
        <span>
          {leftOut.size === 0 ? 'All of the text is imported.' : `${counted(leftOut.size, 'line')} of ${blocks.length} left out.`} What is
          not ticked is not part of the article; its text cannot be changed later.
        </span>
        {proposed.length > 0 && (
          <Button kind="quiet" onPress={() => onChange(new Set(leftOut.size === 0 ? proposed : []))}>
            {leftOut.size === 0 ? 'Leave out what is proposed' : 'Take all of it'}
          </Button>
        )}
      </div>
      <ul className="preview-blocks">
        {blocks.slice(0, mostShown).map(({ kind, text, leaveOut }, index) =>
          text.trim() === '' ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <li key={index} data-out={leftOut.has(index) || undefined} data-kind={kind}>
              <label>
                <input type="checkbox" checked={!leftOut.has(index)} onChange={() => toggle(index)} />
                <span className="preview-text">{text}</span>
                {leaveOut && <span className="preview-reason">{leaveOut}</span>}
              </label>
            </li>
          ),
        )}
      </ul>
      {blocks.length > mostShown && <p className="muted">{counted(blocks.length - mostShown, 'more line')} not shown here.</p>}
    </section>
  );
}
