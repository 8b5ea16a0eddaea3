import './ui/tokens.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { addressedProject, addressProject } from './client.ts';
import { openPage } from './opened-page.tsx';
import type { BroughtFile } from './state/home.ts';

const place = document.getElementById('root');
if (!place) throw new TypeError('index.html has no #root');
const root = createRoot(place);
let opened = openPage(root, addressedProject(), [], enter);

function enter(project: string, files: readonly BroughtFile[]): void {
  opened.end();
  addressProject(project);
  opened = openPage(root, project, files, enter);
}
