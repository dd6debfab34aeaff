import { Fragment } from 'react'

export interface FactsProps {
  readonly facts: readonly string[]
}

/** Short facts in a line that breaks only between them. */
export function Facts({ facts }: FactsProps) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && '\u00a0· '}
      <bdi className="s3u-fact">{fact}</bdi>
    </Fragment>
  ))
}
