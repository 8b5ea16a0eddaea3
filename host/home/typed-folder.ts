import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../core/failure.ts';
import { projectFileName } from '../storage/layout.ts';

/**
 * The folder that a person means by what they typed: an absolute path or one relative to `home` (`~`), of a folder or of the project file in it.
 * Nothing is looked up on the disk. On Windows the name of another computer is refused, because connecting to it would reveal who the person is.
 * @throws AppError `bad-request`
 */
export function typedFolder(typed: string, home: string, platform: NodeJS.Platform = process.platform): string {
  const refuse = (message: string, next: string) => new AppError('bad-request', message, next);
  const bare = typed.trim().replace(/^(["'])(.*)\1$/s, '$2');
  const example = platform === 'win32' ? 'C:\\Users\\ann\\Pressmark\\summit' : '/home/ann/Pressmark/summit';
  if (bare === '' || /\p{Cc}/u.test(bare)) throw refuse('This is not the path of a folder.', `Type the whole path, such as ${example}.`);
  if (platform === 'win32' && /^[\\/]{2}/.test(bare)) {
    throw refuse(
      'A folder on another computer cannot be opened by typing its path.',
      'Give it a drive letter first, or start Pressmark with it.',
    );
  }
  const whole = /^~(?=$|[\\/])/.test(bare) ? join(home, bare.slice(1)) : bare;
  if (!isAbsolute(whole)) throw refuse('This path is not complete.', `Type the whole path, such as ${example}.`);
  const folder = resolve(whole);
  return basename(folder) === projectFileName ? dirname(folder) : folder;
}
