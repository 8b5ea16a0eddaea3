import { Action, Annotator } from 'poplar-annotation';

const colours = ['#ffdd99', '#99eeff', '#bbff99', '#ffbbdd'];
let annotator = null;
let expected = 0;
let scroller = null;

window.tool = {
  open(text, runs) {
    annotator?.remove();
    scroller = document.createElement('main');
    scroller.style.cssText = 'height: 100vh; overflow: auto; font: 18px/1.65 serif';
    const place = document.createElement('div');
    // It breaks lines by the width of the drawing, which is narrow until its host says otherwise.
    const wide = document.createElement('style');
    wide.textContent = 'main svg { width: 100% }';
    scroller.append(wide, place);
    document.body.replaceChildren(scroller);
    expected = runs.length;
    annotator = new Annotator(
      {
        content: text,
        labelCategories: ['QUOTE', 'FACT', 'STANCE', 'QUOTED_TERM'].map((title, id) => ({
          ...{ id, text: title, color: colours[id], borderColor: '#888' },
        })),
        labels: runs.map(({ start, end }, id) => ({ id, categoryId: id % 4, startIndex: start, endIndex: end })),
        connectionCategories: [],
        connections: [],
      },
      place,
      { allowMultipleLabel: 'allowed' },
    );
    annotator.on('textSelected', (start, end) => annotator.applyAction(Action.Label.Create(0, start, end)));
  },
  isDrawn: () => scroller !== null && drawn() >= expected && scroller.querySelector('svg text') !== null,
  marks: () => drawn(),
  root: () => scroller.querySelector('svg'),
  scroller: () => scroller,
};

// One group for each label, beside the text.
function drawn() {
  return annotator?.view ? [...annotator.store.labelRepo].length : 0;
}
