import { expect, test } from './app.ts';

test('H65 whatever gets into the page, its rules let no script run, no frame open and nothing out', async ({ app, hostKind }) => {
  test.skip(hostKind === 'electron', 'every violation would count as an error of the one window; D3 shows that it has the same rules');
  // A page of its own, in which each refusal may be told on the console.
  const page = await app.page.context().newPage();
  await page.goto(new URL('/', app.page.url()).href);
  const asked: string[] = [];
  const origin = new URL(page.url()).origin;
  // What a rule refuses is told as a request that failed by it; anything else would have gone out.
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'csp') asked.push(`${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (!response.url().startsWith(`${origin}/`)) asked.push(response.url());
  });
  const found = await page.evaluate(async () => {
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
    const place = document.createElement('div');
    document.body.append(place);
    const scripts = `window.injected = 1`;
    place.innerHTML = `<img src=x onerror="${scripts}"><svg onload="${scripts}"></svg><a href="javascript:${scripts}">x</a>
      <iframe src="https://injected.example/"></iframe><iframe srcdoc="<script>parent.${scripts}</script>"></iframe>
      <object data="https://injected.example/"></object><link rel=stylesheet href="https://injected.example/a.css">
      <form action="https://injected.example/"><button>x</button></form><img src="https://injected.example/p.png">
      <style>body{display:none}</style><base href="https://injected.example/">`;
    const inline = document.createElement('script');
    inline.textContent = scripts;
    const remote = document.createElement('script');
    remote.src = 'https://injected.example/a.js';
    const blob = document.createElement('script');
    blob.src = URL.createObjectURL(new Blob([scripts], { type: 'text/javascript' }));
    place.append(inline, remote, blob);
    place.querySelector('a')?.click();
    place.querySelector('button')?.click();
    const attempt = async (work: () => unknown): Promise<string> => {
      try {
        await work();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    // What the test itself runs may evaluate text; a task of the page's own may not.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const made = {
      // biome-ignore lint/security/noGlobalEval: that it is refused is what is shown
      eval: await attempt(() => window.eval('1')),
      function: await attempt(() => new Function('return 1')()),
      fetch: await attempt(() => fetch('https://injected.example/', { mode: 'no-cors' })),
      socket: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('wss://injected.example/');
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      ),
      worker: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
            worker.onmessage = resolve;
            worker.onerror = reject;
          }),
      ),
    };
    await new Promise((resolve) => setTimeout(resolve, 200));
    const result = {
      made,
      refused: [...new Set(refused)].sort(),
      ran: 'injected' in window,
      shown: getComputedStyle(document.body).display,
      base: document.baseURI === location.href.replace(/#.*/, '') || document.baseURI.startsWith(location.origin),
    };
    place.remove();
    return result;
  });
  expect(found.made).toEqual({ eval: 'refused', function: 'refused', fetch: 'refused', socket: 'refused', worker: 'refused' });
  expect(found).toMatchObject({ ran: false, base: true });
  expect(found.shown).not.toBe('none');
  for (const rule of [
    'script-src-attr',
    'script-src-elem',
    'frame-src',
    'connect-src',
    'img-src',
    'style-src-elem',
    'base-uri',
    'form-action',
  ])
    expect(found.refused).toContain(rule);
  expect(asked).toEqual([]);
  expect(new URL(page.url()).origin).toBe(origin);
});

test('D64 in the desktop window the page is sandboxed, has one frozen bridge and no way out', async ({ app, hostKind }) => {
  test.skip(hostKind !== 'electron', 'needs Electron’s runtime');
  const { page } = app;
  const found = await page.evaluate(async () => {
    const refused = (name: string) =>
      navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'denied',
      );
    const bridge = (window as unknown as { pressmark: object }).pressmark;
    return {
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      bridge: [Object.keys(bridge), Object.isFrozen(bridge)],
      opened: window.open('https://injected.example/'),
      permissions: [await refused('geolocation'), await refused('notifications'), await refused('camera')],
    };
  });
  expect(found).toEqual({ node: [], bridge: [['call', 'listen'], true], opened: null, permissions: ['denied', 'denied', 'denied'] });
  await page.evaluate(() => {
    location.href = 'https://injected.example/';
  });
  await expect(page).toHaveURL(/^app:\/\/pressmark\//);
});
