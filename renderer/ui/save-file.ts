/** Lets the browser save `text` as a file called `name`. `type` is a media type. */
export function saveFile(name: string, text: string | Blob, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // By the next task, the browser has read the blob.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
