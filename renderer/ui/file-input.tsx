import type { Ref } from 'react';

/** A file that a person gave the page: its name, and its bytes once they are asked for. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** The files of a choice or a drop. */
export const givenFiles = (list: FileList | null): GivenFile[] =>
  [...(list ?? [])].map((file) => ({ name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) }));

interface FileInputProps {
  /** Whose `click()` opens the system's dialog. */
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  /** As the attribute `accept` of HTML. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly onChoose: (files: GivenFile[]) => void;
}

/** The choosing of files, not seen; the same file can be chosen again. */
export function FileInput({ ref, label, accept, multiple = false, onChoose }: FileInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      multiple={multiple}
      hidden
      accept={accept}
      aria-label={label}
      onChange={(event) => {
        const files = givenFiles(event.target.files);
        event.target.value = '';
        if (files.length > 0) onChoose(files);
      }}
    />
  );
}
