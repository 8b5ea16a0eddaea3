import '@recogito/text-annotator/text-annotator.css';
import { createTextAnnotator } from '@recogito/text-annotator';

// Its default renderer, which draws what is on screen. Its other one, CSS_HIGHLIGHTS, throws in version 4.1.1 once annotations are off screen
// ("Failed to construct 'Highlight': parameter 1 is not of type 'AbstractRange'") and draws nothing.
const colours = ['#fd9', '#9ef', '#bf9', '#fbd'];
let annotator = null;
let expected = 0;
let scroller = null;

const drawn = () => document.querySelectorAll('.r6o-annotation').length;

window.tool = {
  open(text, runs) {
    annotator?.destroy();
    scroller = document.createElement('main');
    scroller.style.cssText = 'position: relative; height: 100vh; overflow: auto';
    const place = document.createElement('div');
    place.style.cssText = 'font: 18px/1.65 serif; white-space: pre-wrap; padding: 0 32px';
    place.textContent = text;
    scroller.append(place);
    document.body.replaceChildren(scroller);
    annotator = createTextAnnotator(place, {
      renderer: 'SPANS',
      userSelectAction: 'SELECT',
      style: (annotation) => ({ fill: colours[(annotation.bodies[0]?.value ?? 0) % 4], fillOpacity: 0.5 }),
    });
    // As its guide has it: the host application names the tag once something was selected.
    annotator.on('createAnnotation', (annotation) => annotator.updateAnnotation({ ...annotation, bodies: [bodyOf(annotation.id, 0)] }));
    expected = runs.length;
    annotator.setAnnotations(
      runs.map(({ start, end }, index) => ({
        id: `a${index}`,
        bodies: [bodyOf(`a${index}`, index)],
        target: { annotation: `a${index}`, selector: [{ start, end, quote: text.slice(start, end) }] },
      })),
    );
  },
  isDrawn: () => annotator !== null && annotator.getAnnotations().length >= expected && (expected === 0 || drawn() > 0),
  marks: () => annotator.getAnnotations().length * 10_000 + drawn(),
  root: () => scroller.firstElementChild,
  scroller: () => scroller,
};

function bodyOf(annotation, index) {
  return { id: `${annotation}-tag`, annotation, purpose: 'tagging', value: index };
}
