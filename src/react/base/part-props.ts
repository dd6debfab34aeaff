import type { ComponentPropsWithoutRef, ComponentPropsWithRef, CSSProperties } from 'react'
import { mergeProps } from './merge-props.js'
import type { RenderElement } from './render-element.js'

/** Elements that parts render. */
export type PartTag = 'button' | 'div' | 'label' | 'li' | 'p' | 'progress' | 'span' | 'ul'

/** Props of a part that renders this element: all that the element takes, and how it looks. */
export type PartProps<Tag extends PartTag, State extends object> = Omit<
  ComponentPropsWithoutRef<Tag>,
  'className' | 'style'
> & {
  /** Comes after the part's own class; a function gets the part's state. */
  readonly className?: string | ((state: State) => string | undefined) | undefined
  /** Wins over the part's own style; a function gets the part's state. */
  readonly style?: CSSProperties | ((state: State) => CSSProperties | undefined) | undefined
  /** Another element or component instead: it gets the part's props; or a function of props and state. */
  readonly render?: RenderElement<ComponentPropsWithRef<Tag>, State> | undefined
}

/** Joins what a part gives its element with what the app gives it: handlers both run, descriptions both are read, else the app's word stands. */
export function mergePartProps(own: object, given: object): ElementProps {
  const ours: ElementProps = { ...own }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const merged: ElementProps = mergeProps(ours, said)
  const description = 'aria-describedby'
  if (ours[description] && said[description]) {
    merged[description] = `${said[description]} ${ours[description]}`
  }
  if (ours.disabled) merged.disabled = true
  return merged
}

/** Props of some element. */
type ElementProps = Record<string, unknown>

/** A value, or what the function says of the state. */
export function forState<Value, State>(
  value: Value | ((state: State) => Value),
  state: State,
): Value {
  // What is asked here, a class or a style, is no function itself.
  return typeof value === 'function' ? (value as (state: State) => Value)(state) : value
}
