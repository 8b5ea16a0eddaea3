import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';

/**
 * The Chromium that tests run in: PRESSMARK_BROWSER, Playwright's own, or an installed Chrome or Chromium. Null when there is none.
 * Run as a script, it installs one where none is found, and says in one sentence what to do when that fails.
 */
export function findBrowser(): string | null {
  const installed = [
    process.env['PRESSMARK_BROWSER'],
    chromium.executablePath(),
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return installed.find((path) => path && existsSync(path)) ?? null;
}

/** How tests start Chromium, without what only a person would see and half the time goes into. */
export function launchOptions(): LaunchOptions {
  const executablePath = findBrowser();
  return {
    ...(executablePath && !isPlaywrightsOwn(executablePath) ? { executablePath } : {}),
    args: ['--disable-background-networking', `--disable-features=${unneeded.join()}`],
  };
}

// Left to itself, Playwright takes the small browser without windows that it installs beside the whole one.
function isPlaywrightsOwn(path: string): boolean {
  const [folder, above, revision] = /^(.*[\\/])chromium(-\d+)[\\/]/.exec(path) ?? [];
  return folder !== undefined && path === chromium.executablePath() && existsSync(`${above}chromium_headless_shell${revision}`);
}

// Pages that each window makes for its address bar, and what Playwright switches off that matters on a loopback address: the last
// switch of this name counts alone.
const unneeded = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'AimEnabled', 'DestroyProfileOnBrowserClose'],
  ...['HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'OptimizationHints', 'PaintHolding', 'NetworkTimeServiceQuerying'],
];

function run(command: string, args: string[]): boolean {
  console.log(`Looking for a browser: ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

function install(): string | null {
  run('npx', ['playwright', 'install', 'chromium']);
  const isRoot = process.getuid?.() === 0;
  if (!findBrowser() && isRoot && existsSync('/usr/bin/apt-get')) {
    if (run('apt-get', ['update', '-qq'])) {
      run('apt-get', ['install', '-y', '-qq', 'chromium-headless-shell']) || run('apt-get', ['install', '-y', '-qq', 'chromium']);
    }
  }
  return findBrowser();
}

if (import.meta.main) {
  const browser = findBrowser() ?? install();
  if (browser) console.log(`Tests run in ${browser}`);
  else {
    console.error('No browser for the tests was found: install Google Chrome or Chromium, or set PRESSMARK_BROWSER to one.');
    process.exitCode = 1;
  }
}
