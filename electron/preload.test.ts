import { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bridge, HostEvent } from '../core/contract.ts';
import { ensureBuilt, runPreload } from './testing/bundles.ts';

beforeAll(ensureBuilt);

function preload() {
  const exposed = new Map<string, Bridge>();
  const invoked: unknown[][] = [];
  const ipcRenderer = Object.assign(new EventEmitter(), {
    invoke: async (...values: unknown[]) => {
      invoked.push(values);
      return { ok: true, value: 'answer' };
    },
  });
  runPreload({ contextBridge: { exposeInMainWorld: (name: string, bridge: Bridge) => exposed.set(name, bridge) }, ipcRenderer });
  const bridge = exposed.get('pressmark');
  if (!bridge) throw new TypeError('no bridge');
  return { exposed, invoked, ipcRenderer, bridge };
}

describe('the preload script', () => {
  it('D1 gives the page call and listen, frozen, and nothing else', () => {
    const { exposed, bridge } = preload();
    expect([...exposed.keys()]).toEqual(['pressmark']);
    expect(Object.keys(bridge)).toEqual(['call', 'listen']);
    expect(Object.isFrozen(bridge)).toBe(true);
  });

  it('D1 a call goes out on the one channel and hands back the reply', async () => {
    const { bridge, invoked } = preload();
    const bytes = new Uint8Array([1]);
    expect(await bridge.call('importArticle', { name: 'a' }, bytes)).toEqual({ ok: true, value: 'answer' });
    expect(invoked).toEqual([['host', 'importArticle', { name: 'a' }, bytes]]);
  });

  it("D1 a listener hears the event alone, without Electron's own, until it stops", () => {
    const { bridge, ipcRenderer } = preload();
    const heard: unknown[][] = [];
    const stop = bridge.listen((...values: [HostEvent]) => heard.push(values));
    ipcRenderer.emit('event', { sender: 'secret' }, { event: 'closing' });
    stop();
    ipcRenderer.emit('event', { sender: 'secret' }, { event: 'closing' });
    expect(heard).toEqual([[{ event: 'closing' }]]);
    expect(ipcRenderer.eventNames()).toEqual([]);
  });
});
