/** The script in each of these strings sets this on the page if it is ever run. */
export const sign = 'pressmarkInjected';

const run = `window.${sign}=1`;
const text = [...run].map((character) => character.charCodeAt(0));

/** Forty strings that become scripts, elements, requests, formulas or other text if they are not treated as plain text. */
export const injections: readonly string[] = [
  `<script>${run}</script>`,
  `"><script>${run}</script>`,
  `</title><script>${run}</script>`,
  `</textarea><script>${run}</script>`,
  `</style><script>${run}</script>`,
  `--><script>${run}</script><!--`,
  `]]><script>${run}</script>`,
  `</script><script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `"><img src=x onerror="${run}">`,
  `'><img src=x onerror='${run}'>`,
  `\`><img src=x onerror=${run}>`,
  `<img src="https://injected.example/pixel.png">`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<iframe src="javascript:parent.${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="https://injected.example/movie.swf">`,
  `<link rel=stylesheet href="https://injected.example/a.css">`,
  `<style>@import "https://injected.example/a.css";*{display:none}</style>`,
  `<base href="https://injected.example/">`,
  `<meta http-equiv=refresh content="0;url=https://injected.example/">`,
  `<form action="https://injected.example/"><button autofocus onfocus=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<body onload=${run}>`,
  `<a href="javascript:${run}">words</a>`,
  `[words](javascript:${run})`,
  `![words](https://injected.example/pixel.png)`,
  `javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `\${${run}}{{constructor.constructor('${run}')()}}`,
  `'-eval(String.fromCharCode(${text.join()}))-'`,
  `=HYPERLINK("https://injected.example/","words")`,
  `\uff1dcmd|' /C calc'!A0`,
  `\u202e<img src=x onerror=${run}>\u202c{"__proto__":{"${sign}":1}}`,
];
