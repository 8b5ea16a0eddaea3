import { type DOMOutputSpec, DOMSerializer, type Node, Schema } from 'prosemirror-model';
import type { Block } from '../../core/article.ts';

/** Letters to a line, about; only for guesses at the height of what is not laid out yet. */
const lineLength = 72;

function toDOM(tag: string): (node: Node) => DOMOutputSpec {
  return ({ attrs, content }) => [
    tag,
    attrs.number === null
      ? { class: 'block empty', dir: 'auto' }
      : {
          class: 'block',
          dir: 'auto',
          'data-number': String(attrs.number),
          style: `--lines: ${Math.ceil(content.size / lineLength)}`,
        },
    0,
  ];
}

/** One block a line of the text; `number` is the paragraph's number in the margin, null for an empty line. There are no marks. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    heading: {
      group: 'block',
      content: 'text*',
      attrs: { number: { default: null } },
      selectable: false,
      draggable: false,
      toDOM: toDOM('h3'),
    },
    paragraph: {
      group: 'block',
      content: 'text*',
      attrs: { number: { default: null } },
      selectable: false,
      draggable: false,
      toDOM: toDOM('p'),
    },
    text: {},
  },
});

/** What is copied as HTML: the words alone, without what is drawn around them. */
export const plainHtml = new DOMSerializer(
  { ...DOMSerializer.nodesFromSchema(schema), heading: () => ['h3', 0], paragraph: () => ['p', 0] },
  {},
);

/** The document of `text`, whose blocks are `blocks` (core/article.ts, `blocksOf`). Blocks with words in them are numbered from 1. */
export function documentOf(text: string, blocks: readonly Block[]): Node {
  let last = 0;
  const nodes = blocks.map(({ kind, start, end }) => {
    const line = text.slice(start, end);
    const number = line.trim() === '' ? null : ++last;
    return schema.node(kind, { number }, line === '' ? [] : [schema.text(line)]);
  });
  return schema.node('doc', null, nodes);
}
