/**
 * A row that was pressed goes from view once the focus leaves it. A press on something else takes the focus at its
 * beginning: what is being pressed would move from under the pointer, and the click be lost or hit another option. So
 * what has the focus is marked, and kept by the styles, until the press is over.
 */
export function holdWhilePressed({ currentTarget }: { readonly currentTarget: HTMLElement }): void {
  const root = currentTarget.getRootNode()
  if (!(root instanceof ShadowRoot)) return
  const focused = root.activeElement
  if (!focused || !currentTarget.contains(focused)) return
  focused.setAttribute('data-held', '')
  const release = () => {
    removeEventListener('pointerup', release, true)
    removeEventListener('pointercancel', release, true)
    // After the click that follows.
    setTimeout(() => focused.removeAttribute('data-held'))
  }
  addEventListener('pointerup', release, true)
  addEventListener('pointercancel', release, true)
}
