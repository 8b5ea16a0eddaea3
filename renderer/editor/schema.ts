import { type DOMOutputSpec, DOMSerializer, type Node, Schema } from 'prosemirror-model';
import type { Block } from '../../core/model/article.ts';
import { sectionLength } from './positions.ts';

function toDOM(tag: string): (node: Node) => DOMOutputSpec {
  return ({ attrs }) => [
    tag,
    attrs.number === null ? { class: 'block empty', dir: 'auto' } : { class: 'block', dir: 'auto', 'data-number': String(attrs.number) },
    0,
  ];
}

/** The approximate number of letters in a line. Only used to estimate the height of text that is not laid out yet. */
const lineLength = 72;

function linesOf(section: Node): number {
  let lines = 0;
  section.forEach(({ content }) => {
    lines += Math.ceil(content.size / lineLength);
  });
  return lines;
}

/**
 * One block for each line of the text. `number` is the paragraph number in the margin, null for an empty line. There are no marks. Blocks are
 * grouped into sections of `sectionLength`. Sections have no meaning of their own; they let the browser and the editor skip parts of the text.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'section+' },
    section: {
      content: 'block+',
      selectable: false,
      draggable: false,
      toDOM: (node) => ['div', { class: 'section', style: `--lines: ${linesOf(node)}; --blocks: ${node.childCount}` }, 0],
    },
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

/** Serialises copied text as HTML: only the words, without the marks drawn around them. */
export const plainHtml = new DOMSerializer(
  { ...DOMSerializer.nodesFromSchema(schema), section: () => ['div', 0], heading: () => ['h3', 0], paragraph: () => ['p', 0] },
  {},
);

/** The document of `text` with its `blocks` (core/model/article.ts, `blocksOf`). Blocks with words are numbered from 1. */
export function documentOf(text: string, blocks: readonly Block[]): Node {
  let last = 0;
  const nodes = blocks.map(({ kind, start, end }) => {
    const line = text.slice(start, end);
    const number = line.trim() === '' ? null : ++last;
    return schema.node(kind, { number }, line === '' ? [] : [schema.text(line)]);
  });
  const sections = Array.from({ length: Math.ceil(nodes.length / sectionLength) }, (_, index) =>
    schema.node('section', null, nodes.slice(index * sectionLength, (index + 1) * sectionLength)),
  );
  return schema.node('doc', null, sections);
}
