import axe from 'axe-core';

/** The serious and critical violations that axe finds on the page by WCAG 2.2 AA, each with its elements, once all colours are final. */
export async function findings(): Promise<string[]> {
  // Colours are not final while they are being animated.
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  // The frame of the test has no title; the page has one.
  const own = violations.filter(({ id, impact }) => !/^(document-title|html-has-lang)$/.test(id) && /serious|critical/.test(impact ?? ''));
  return own.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
}
