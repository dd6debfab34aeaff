import { cloneElement, createElement, isValidElement, type ReactElement } from 'react'
import { mergeProps } from './merge-props.js'

/** Another element instead of the usual one: it gets the props, or a function makes it from props and state. */
export type RenderElement<Props, State> =
  | ReactElement<Record<string, unknown>>
  | ((props: Props, state: State) => ReactElement)

/** Makes the usual element, or the one the app wants instead. */
export function renderElement<Props extends { className?: string }, State>(
  tag: string,
  props: Props,
  {
    render,
    state,
  }: { readonly render: RenderElement<Props, State> | undefined; readonly state: State },
): ReactElement {
  if (typeof render === 'function') return render(props, state)
  if (!isValidElement(render)) return createElement(tag, props)
  const classNames = [props.className, render.props.className].filter(Boolean)
  return cloneElement(render, {
    ...mergeProps(render.props, props),
    ...(classNames.length > 0 && { className: classNames.join(' ') }),
  })
}
