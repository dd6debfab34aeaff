import { Fragment } from 'react'

interface DotListProps {
  readonly facts: readonly string[]
}

/** Short facts in a line that breaks only between them. */
export function DotList({ facts }: DotListProps) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && '\u00a0· '}
      <bdi className="s3u-fact">{fact}</bdi>
    </Fragment>
  ))
}
