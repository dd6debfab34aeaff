import { Fragment } from 'react'

export interface FactsProps {
  readonly facts: readonly string[]
}

/** Short facts in a line that breaks only between them. */
export function Facts({ facts }: FactsProps) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && ' · '}
      <span className="s3u-fact">{fact}</span>
    </Fragment>
  ))
}
