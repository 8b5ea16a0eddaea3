// Label Studio's own build is loaded before this, as its README says, and has put its class on the window.
const config = `<View>
  <Labels name="label" toName="text">
    <Label value="QUOTE" background="#fd9" hotkey="1"/><Label value="FACT" background="#9ef" hotkey="2"/>
    <Label value="STANCE" background="#bf9" hotkey="3"/><Label value="QUOTED_TERM" background="#fbd" hotkey="4"/>
  </Labels>
  <Text name="text" value="$text" saveTextResult="no"/>
</View>`;
const tags = ['QUOTE', 'FACT', 'STANCE', 'QUOTED_TERM'];
let expected = 0;
let studio = null;

window.tool = {
  open(text, runs) {
    studio?.destroy?.();
    const place = document.createElement('div');
    place.id = 'label-studio';
    const scroller = document.createElement('main');
    scroller.style.cssText = 'height: 100vh; overflow: auto';
    scroller.append(place);
    document.body.replaceChildren(scroller);
    expected = runs.length;
    studio = new window.LabelStudio('label-studio', {
      config,
      interfaces: ['side-column', 'controls', 'update', 'submit', 'panel'],
      user: { pk: 1, firstName: 'Anna', lastName: 'Lyst' },
      task: {
        id: 1,
        data: { text },
        predictions: [],
        annotations: [
          {
            id: '1',
            result: runs.map(({ start, end }, index) => ({
              ...{ id: `r${index}`, from_name: 'label', to_name: 'text', type: 'labels' },
              value: { start, end, labels: [tags[index % 4]] },
            })),
          },
        ],
      },
    });
  },
  isDrawn: () =>
    document.querySelector('.htx-richtext, [class*="richtext"]') !== null && document.querySelectorAll('.htx-highlight').length >= expected,
  marks: () => document.querySelectorAll('.htx-highlight').length,
  root: () => document.querySelector('.htx-richtext') ?? document.querySelector('[class*="richtext"]'),
  scroller: () => {
    const inside = [...document.querySelectorAll('main, main *')].filter((element) => element.scrollHeight > element.clientHeight + 100);
    return inside.find((element) => /auto|scroll/.test(getComputedStyle(element).overflowY)) ?? document.querySelector('main');
  },
};
