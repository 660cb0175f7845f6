/**
 * Puts a text on the clipboard, in the click or key press that this is called in. A frame may only use the newer
 * way if the page around lets it, so the older one, which needs no leave, is tried as well.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const former = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (former instanceof HTMLElement) former.focus({ preventScroll: true });
  return isCopied;
}
