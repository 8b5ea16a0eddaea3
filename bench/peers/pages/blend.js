import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TextAnnotateBlend } from 'react-text-annotate-blend';

const colours = ['#ffdd99', '#99eeff', '#bbff99', '#ffbbdd'];
const tags = ['QUOTE', 'FACT', 'STANCE', 'QUOTED_TERM'];
let expected = 0;
let root = null;
let scroller = null;

function Article({ text, runs }) {
  const [value, setValue] = useState(() =>
    runs.map(({ start, end }, index) => ({ start, end, tag: tags[index % 4], color: colours[index % 4] })),
  );
  return createElement(TextAnnotateBlend, {
    content: text,
    value,
    onChange: setValue,
    getSpan: (span) => ({ ...span, tag: 'QUOTE', color: '#ffdd99' }),
    style: { font: '18px/1.65 serif', whiteSpace: 'pre-wrap', padding: '0 32px' },
  });
}

window.tool = {
  open(text, runs) {
    root?.unmount();
    scroller = document.createElement('main');
    scroller.style.cssText = 'height: 100vh; overflow: auto';
    document.body.replaceChildren(scroller);
    expected = runs.length;
    root = createRoot(scroller);
    root.render(createElement(Article, { text, runs }));
  },
  isDrawn: () => scroller?.firstElementChild != null && (expected === 0 || scroller.querySelectorAll('mark').length >= expected),
  marks: () => scroller.querySelectorAll('mark').length,
  root: () => scroller,
  scroller: () => scroller,
};
