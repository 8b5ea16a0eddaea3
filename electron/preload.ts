import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge, HostEvent } from '../core/contract.ts';
import type { Reply } from '../core/failure.ts';

// The names are repeated from ipc.ts because a sandboxed preload script is a single file and cannot import values.
const callChannel = 'host';
const eventChannel = 'event';

const bridge: Bridge = {
  call: (method, input, bytes): Promise<Reply> => ipcRenderer.invoke(callChannel, method, input, bytes),
  listen: (listener) => {
    const forward = (_: IpcRendererEvent, event: HostEvent): void => listener(event);
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.off(eventChannel, forward);
    };
  },
};

contextBridge.exposeInMainWorld('pressmark', Object.freeze(bridge));
