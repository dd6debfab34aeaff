import { act, cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { S3Download, S3Uploader } from 's3-direct-upload'
import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => {
  cleanup()
  for (const element of [document.documentElement, document.body]) {
    for (const { name } of [...element.attributes]) element.removeAttribute(name)
  }
  document.head.replaceChildren()
})

/** A system that prefers dark, or light; jsdom has none. Chosen anew, it tells the page. */
function startSystem(isDark: boolean) {
  const list = Object.assign(new EventTarget(), { matches: isDark })
  const listeners = { added: 0, removed: 0 }
  const { addEventListener, removeEventListener } = list
  list.addEventListener = (...given) => {
    listeners.added++
    addEventListener.apply(list, given)
  }
  list.removeEventListener = (...given) => {
    listeners.removed++
    removeEventListener.apply(list, given)
  }
  vi.stubGlobal('matchMedia', () => list)
  return {
    listeners,
    choose(prefersDark: boolean) {
      list.matches = prefersDark
      list.dispatchEvent(new Event('change'))
    },
  }
}

function allow(content: string) {
  document.head.innerHTML = `<meta name="color-scheme" content="${content}">`
}

function schemeWithin(place: (uploader: ReactNode) => ReactNode = (uploader) => uploader) {
  render(place(<S3Uploader endpoint="/api/s3" data-testid="uploader" />))
  return shown()
}

const shown = () => screen.getByTestId('uploader').dataset.scheme

describe('with the theme auto, the scheme is', () => {
  it('light where the page says nothing, also on a dark system', () => {
    startSystem(true)

    expect(schemeWithin()).toBe('light')
  })

  it.each([
    ['light dark', true, 'dark'],
    ['light dark', false, 'light'],
    ['dark light', false, 'light'],
    ['dark', false, 'dark'],
    ['only dark', false, 'dark'],
    ['light', true, 'light'],
    ['only light', true, 'light'],
    ['normal', true, 'light'],
  ])(
    'by the meta element %s on a system that is dark: %s, %s',
    (content, isSystemDark, expected) => {
      startSystem(isSystemDark)
      allow(content)

      expect(schemeWithin()).toBe(expected)
    },
  )

  it('by the style of the page rather than its meta element', () => {
    startSystem(true)
    allow('light dark')
    document.documentElement.style.colorScheme = 'light'

    expect(schemeWithin((uploader) => <div style={{ colorScheme: 'dark' }}>{uploader}</div>)).toBe(
      'dark',
    )
    cleanup()
    expect(schemeWithin((uploader) => <div style={{ colorScheme: 'light' }}>{uploader}</div>)).toBe(
      'light',
    )
  })

  it.each([
    ['class', 'dark'],
    ['data-theme', 'dark'],
    ['data-mode', 'dark'],
    ['data-bs-theme', 'dark'],
    ['data-mantine-color-scheme', 'dark'],
  ])('dark on a light system by the mark %s="%s"', (name, value) => {
    startSystem(false)
    document.documentElement.setAttribute(name, value)

    expect(schemeWithin()).toBe('dark')
  })

  it('light by a mark on a dark system', () => {
    startSystem(true)
    allow('light dark')
    document.body.className = 'app light'

    expect(schemeWithin()).toBe('light')
  })

  it('by the nearest mark', () => {
    document.documentElement.className = 'dark'

    expect(schemeWithin((uploader) => <div data-theme="light">{uploader}</div>)).toBe('light')
    cleanup()
    expect(
      schemeWithin((uploader) => (
        <div data-bs-theme="light">
          <div className="dark">{uploader}</div>
        </div>
      )),
    ).toBe('dark')
  })

  it('that of the uploader around, for a download in it', () => {
    const download = <S3Download endpoint="/api/s3" fileKey="a.pdf" />
    const { container } = render(
      <S3Uploader endpoint="/api/s3" theme="dark">
        {download}
      </S3Uploader>,
    )

    expect(container.querySelector('.s3u-download')).toHaveAttribute('data-scheme', 'dark')
  })
})

describe('with the theme auto, the scheme follows', () => {
  it('the system', () => {
    const system = startSystem(false)
    allow('light dark')
    expect(schemeWithin()).toBe('light')

    act(() => system.choose(true))

    expect(shown()).toBe('dark')
  })

  it.each([
    ['a class of <html>', () => document.documentElement.classList.add('dark')],
    ['a style of <html>', () => document.documentElement.style.setProperty('color-scheme', 'dark')],
    ['an attribute of <body>', () => document.body.setAttribute('data-bs-theme', 'dark')],
  ])('%s', async (_, darken) => {
    expect(schemeWithin()).toBe('light')

    await act(async () => darken())

    expect(shown()).toBe('dark')
  })

  it('a mark that is set further in', async () => {
    expect(schemeWithin((uploader) => <div title="panel">{uploader}</div>)).toBe('light')

    await act(async () => screen.getByTitle('panel').setAttribute('data-theme', 'dark'))

    expect(shown()).toBe('dark')
  })
})

it('stops to listen when it is gone', () => {
  const { listeners } = startSystem(false)
  schemeWithin()
  const disconnect = vi.spyOn(MutationObserver.prototype, 'disconnect')

  cleanup()

  expect(listeners).toEqual({ added: 1, removed: 1 })
  expect(disconnect).toHaveBeenCalled()
})

it('has the scheme of a fixed theme, whatever page and system are', () => {
  startSystem(true)
  document.documentElement.className = 'dark'
  const { container, rerender } = render(<S3Uploader endpoint="/api/s3" theme="light" />)
  expect(container.firstElementChild).toHaveAttribute('data-scheme', 'light')

  rerender(<S3Uploader endpoint="/api/s3" theme="auto" />)
  expect(container.firstElementChild).toHaveAttribute('data-scheme', 'dark')
  rerender(<S3Download endpoint="/api/s3" fileKey="a.pdf" theme="light" />)
  expect(container.firstElementChild).toHaveAttribute('data-scheme', 'light')
})
