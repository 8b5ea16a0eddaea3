import { contract, type Handlers, type Method } from '../../core/contract.ts';
import { AppError, type Failure, type Reply } from '../../core/failure.ts';
import { safeParsed } from '../../core/text/misfit.ts';

/** `call(method, input, bytes?) -> Reply`: what both channels carry, Electron IPC and loopback HTTP. It never rejects. */
export type Call = (method: string, input: unknown, bytes?: Uint8Array) => Promise<Reply>;

const noBytes = new Uint8Array();

/**
 * Puts `handlers` behind the contract. A method that is not in the contract, or an input that does not fit, is answered with 'bad-request'. An
 * AppError is returned as it is. Any other error becomes 'internal', with its details only in `log`, because they may contain paths.
 */
export function serve(handlers: Handlers, log: (line: string) => void = console.error): Call {
  return async (name, input, bytes) => {
    if (!Object.hasOwn(contract, name))
      return { ok: false, error: badRequest('The page asked for something that this version of Pressmark cannot do.') };
    const method = name as Method;
    const parsed = safeParsed(contract[method].input, input);
    if (!parsed.success) {
      log(`bad request to ${method}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
      return { ok: false, error: badRequest(`What the page sent with "${method}" does not have the right form.`) };
    }
    try {
      const handler = handlers[method] as (input: unknown, bytes: Uint8Array) => Promise<unknown>;
      return { ok: true, value: await handler(parsed.data, bytes ?? noBytes) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: error.failure };
      log(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return { ok: false, error: internal(method) };
    }
  };
}

/** A failure of the call itself, which only a page of another version or an unauthorised caller can cause. */
export function badRequest(message: string): Failure {
  return { code: 'bad-request', message, safe: 'Nothing was changed.', next: 'Reload this page.' };
}

function internal(method: string): Failure {
  return {
    code: 'internal',
    message: `Pressmark ran into a defect of its own in "${method}".`,
    safe: 'What was marked Saved is on the disk.',
    next: 'Try again. If it fails again, report it with what Pressmark printed where it was started.',
  };
}
