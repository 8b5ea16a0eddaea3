import { Schema } from 'prosemirror-model';
import { EditorState, Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import type { PageTool } from './in-page.ts';

/** What stands beside the workbench in a measurement: ProseMirror as it comes, with one plain decoration an annotation and no panels. */
const schema = new Schema({
  nodes: { doc: { content: 'paragraph+' }, paragraph: { content: 'text*', toDOM: () => ['p', 0] }, text: {} },
});

let expected = 0;
const place = () => document.querySelector('main') as HTMLElement;
const marks = () => document.querySelectorAll('main p > span').length;

const open: PageTool['open'] = (text, runs) => {
  expected = runs.length;
  document.body.replaceChildren();
  const place = document.createElement('main');
  place.style.cssText = 'height: 100vh; overflow: auto; font: 18px/1.65 serif; white-space: pre-wrap';
  document.body.append(place);
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  let line = 0;
  const position = (offset: number) => {
    while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) line++;
    while (line > 0 && (starts[line] as number) > offset) line--;
    return offset + line + 1;
  };
  const doc = schema.node(
    'doc',
    null,
    lines.map((words) => schema.node('paragraph', null, words ? [schema.text(words)] : [])),
  );
  const drawn = runs.map(({ start, end }) => Decoration.inline(position(start), position(end), { style: 'background: #fe9' }));
  const plugin: Plugin<DecorationSet> = new Plugin<DecorationSet>({
    state: {
      init: () => DecorationSet.create(doc, drawn),
      apply: (transaction, set) => {
        const added: unknown = transaction.getMeta('add');
        return added instanceof Decoration ? set.add(transaction.doc, [added]) : set;
      },
    },
    props: {
      decorations: (state) => plugin.getState(state),
      handleKeyDown: (view, event) => {
        if (event.key !== 'q') return false;
        const { from, to } = view.state.selection;
        view.dispatch(view.state.tr.setMeta('add', Decoration.inline(from, to, { style: 'background: #9ef' })));
        return true;
      },
    },
  });
  new EditorView(place, { state: EditorState.create({ doc, plugins: [plugin] }), attributes: { class: 'article' } });
};

window.tool = {
  open,
  isDrawn: () => document.querySelector('main p') !== null && (expected === 0 || marks() > 0),
  marks,
  root: place,
  scroller: place,
};
