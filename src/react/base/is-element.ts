/** Whether it is an element, of whatever window: one of another window is no instance of this one's `Element`. */
export function isElement(node: EventTarget | null | undefined): node is HTMLElement {
  return Boolean(node && 'closest' in node)
}
