import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Chart } from '../../ui/chart.tsx';
import { pngOf, svgText } from '../../ui/chart-picture.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Grid } from '../../ui/grid.tsx';
import { byOrder, type GridCell, type GridColumn, type GridOrder } from '../../ui/grid-order.ts';
import { saveFile } from '../../ui/save-file.ts';
import { type ChartLine, csvOf, type ReadChart } from './statistics-charts.ts';

interface CardProps {
  readonly title: string;
  /** The counts; null while counting. */
  readonly chart: ReadChart | null;
  readonly failure: string | null;
  /** Shown instead of the title, to choose what is counted. */
  readonly head?: ReactNode;
}

/** A chart with its table. Every bar and line opens what it counts in the Search view. Chart and table can be copied. */
export function StatisticsCard({ title, chart, failure, head }: CardProps) {
  const [isTable, setTable] = useState(false);
  const isEmpty = chart?.lines.every(({ count }) => count === 0);
  return (
    <section className="statistics-card" aria-label={title} aria-busy={chart === null && failure === null}>
      <div className="statistics-card-head">
        {head ?? <h3>{title}</h3>}
        {chart && !isEmpty && (
          <Button kind="quiet" label={`${title}: show as a ${isTable ? 'chart' : 'table'}`} onPress={() => setTable(!isTable)}>
            {isTable ? 'Chart' : 'Table'}
          </Button>
        )}
      </div>
      {failure !== null ? (
        <FailureNotice>{failure}</FailureNotice>
      ) : chart === null ? (
        <p className="muted">Counting…</p>
      ) : isEmpty ? (
        <p className="empty">Nothing to count here yet.</p>
      ) : (
        <Counted title={title} chart={chart} isTable={isTable} onTable={() => setTable(true)} />
      )}
    </section>
  );
}

interface CountedProps {
  readonly title: string;
  readonly chart: ReadChart;
  readonly isTable: boolean;
  readonly onTable: () => void;
}

function Counted({ title, chart, isTable, onTable }: CountedProps) {
  const { actions, view } = useSession();
  const drawn = useRef<SVGSVGElement>(null);
  const open = (id: string) => {
    const query = chart.lines.find((line) => line.id === id)?.query;
    if (query != null) actions.search.show(query, chart.what, 'statistics');
  };
  const svg = () => {
    if (!drawn.current) return null;
    const { width, height } = drawn.current.getBoundingClientRect();
    const ground = getComputedStyle(document.documentElement.querySelector('.statistics-card') ?? document.body).backgroundColor;
    return { text: svgText(drawn.current, title, ground), width: Math.ceil(width), height: Math.ceil(height) };
  };
  const copyPicture = () => {
    const picture = svg();
    if (!picture) return;
    const png = pngOf(picture.text, picture.width, picture.height);
    const name = `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}.png`;
    // Pass a promise to the clipboard, so that the browser still counts it as the same user action when the picture is ready.
    Promise.resolve()
      .then(() => navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]))
      .then(() => view.say(`Copied the picture of “${title}”.`))
      .catch(async () => {
        saveFile(name, await png, 'image/png');
        view.say(`The clipboard takes no pictures here; ${name} is saved instead.`);
      })
      .catch((error: unknown) => actions.tell(error));
  };
  return (
    <>
      {isTable ? (
        <CountTable title={title} chart={chart} onOpen={open} />
      ) : (
        <Chart label={`${title}. Each part opens what it counts.`} drawing={chart.drawing} chart={drawn} onChoose={open} />
      )}
      <div className="statistics-card-foot">
        {!isTable && chart.hidden > 0 && (
          <Button kind="quiet" onPress={onTable}>
            {chart.hidden.toLocaleString('en')} more in the table
          </Button>
        )}
        <span className="statistics-copy">
          <span className="muted" aria-hidden="true">
            Copy
          </span>
          {!isTable && (
            <>
              <Button kind="quiet" label={`Copy ${title} as PNG picture`} onPress={copyPicture}>
                PNG
              </Button>
              <Button
                kind="quiet"
                label={`Copy ${title} as SVG`}
                onPress={() => {
                  const picture = svg();
                  if (picture) actions.copy(picture.text);
                }}
              >
                SVG
              </Button>
            </>
          )}
          <Button kind="quiet" label={`Copy ${title} as CSV`} onPress={() => actions.copy(csvOf(chart))}>
            CSV
          </Button>
        </span>
      </div>
    </>
  );
}

function CountTable({ title, chart, onOpen }: Pick<CountedProps, 'title' | 'chart'> & { readonly onOpen: (id: string) => void }) {
  const [order, setOrder] = useState<GridOrder | null>(null);
  const columns = useMemo(
    () => [
      ...chart.heads.map((head): GridColumn => ({ id: head, title: head, kind: head === 'Share' ? 'number' : 'words' })),
      { id: 'Count', title: 'Count', kind: 'number' } as const,
    ],
    [chart.heads],
  );
  const lines = useMemo(() => {
    const place = chart.heads.indexOf(order?.column ?? '');
    const compare = byOrder(order, (line: ChartLine) =>
      place < 0 || chart.heads[place] === 'Share' ? line.count : (line.cells[place] ?? ''),
    );
    return compare ? chart.lines.toSorted(compare) : chart.lines;
  }, [chart, order]);
  return (
    <div className="statistics-table">
      <Grid
        label={`${title}, as a table`}
        columns={columns}
        rows={lines}
        idOf={lineId}
        cellsOf={cellsOfLine}
        order={order}
        onOrder={setOrder}
        onOpen={({ id }) => onOpen(id)}
      />
    </div>
  );
}

const lineId = ({ id }: ChartLine) => id;
const cellsOfLine = ({ cells, count, query }: ChartLine): GridCell[] => {
  const number = count.toLocaleString('en');
  return [...cells.map((text) => ({ text })), { text: number, name: `${cells.join(', ')}: ${number}. Show them`, opens: query !== null }];
};
