import type { ComponentPropsWithRef } from 'react'
import { Uploader } from 's3-direct-upload'

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly variant: 'secondary' | 'ghost'
  readonly size?: 'icon'
}

/** A button as an app's own library of components has it. */
function Button({ variant, size, ...props }: ButtonProps) {
  const padding = size === 'icon' ? '6px' : '8px 14px'
  const background = variant === 'ghost' ? 'none' : '#e4e4e7'
  const look = { padding, background, color: '#18181b', border: 0, borderRadius: 8 }
  return <button type="button" {...props} style={{ ...look, ...props.style }} />
}

interface ProgressProps extends Omit<ComponentPropsWithRef<'progress'>, 'value'> {
  /** From 0 to 100. */
  readonly value: number
}

/** A bar as an app's own library has it. */
function Progress({ value, ...props }: ProgressProps) {
  return <progress {...props} value={value} max={100} />
}

interface PhotoCardProps {
  readonly endpoint: string
  readonly transport?: ComponentPropsWithRef<typeof Uploader.Root>['transport']
}

/** An uploader of an app's own elements, put together from parts, without our looks. */
export function PhotoCard({ endpoint, transport }: PhotoCardProps) {
  return (
    <Uploader.Root
      endpoint={endpoint}
      transport={transport}
      label="Photos"
      accept="image/*"
      unstyled
      className="card"
    >
      <Uploader.Dropzone className="card-zone">
        <Uploader.Trigger render={<Button variant="secondary" />}>Choose photos</Uploader.Trigger>
        <Uploader.Hint />
      </Uploader.Dropzone>
      <Uploader.Notices />
      <Uploader.List className="card-list">
        {({ id }) => (
          <Uploader.Item id={id} className={({ status }) => `card-row is-${status}`}>
            <Uploader.Picture />
            <div>
              <Uploader.Name style={{ fontWeight: 500 }} /> <Uploader.ItemFacts />
              <Uploader.Progress
                render={(props, { share }) => <Progress {...props} value={share * 100} />}
              />
            </div>
            <Uploader.Action action="pause" render={<Button variant="ghost" size="icon" />} />
            <Uploader.Action action="remove" render={<Button variant="ghost" size="icon" />} />
          </Uploader.Item>
        )}
      </Uploader.List>
    </Uploader.Root>
  )
}
