import { cloneElement } from 'react'
import { expect, it } from 'vitest'
import { elementOf, looks, type PartName, partNames, renderParts } from './render-parts.js'

/** What is found of each part, by its name. */
const eachPart = <Found,>(read: (name: PartName, element: HTMLElement) => Found) =>
  Object.fromEntries(partNames.map((name) => [name, read(name, elementOf(name)!)]))

it('every part joins class, style, ref and other props with its own', async () => {
  const elements = new Map<PartName, HTMLElement>()
  const clicked = new Set<PartName>()
  await renderParts((name) => ({
    className: 'given',
    style: { order: 7 },
    lang: 'eo',
    ref: (element) => {
      if (element) elements.set(name, element)
    },
    onClick: () => clicked.add(name),
  }))

  const found = eachPart((name, element) => {
    element.click()
    return {
      tag: element.localName,
      hasClasses: element.matches(`.given.${looks[name][1]}`),
      order: element.style.order,
      lang: element.lang,
      hasRef: elements.has(name),
      isHeard: clicked.has(name),
    }
  })

  expect(found).toEqual(
    eachPart((name) => ({
      tag: looks[name][0],
      hasClasses: true,
      order: '7',
      lang: 'eo',
      hasRef: true,
      isHeard: true,
    })),
  )
})

it('every part tells its state to a class, a style and CSS', async () => {
  const states = new Map<PartName, object>()
  await renderParts((name) => ({
    className: (state) => {
      states.set(name, state)
      return `has-${Object.keys(state).length}`
    },
    style: (state) => ({ order: Object.keys(state).length }),
  }))

  const found = eachPart((name, element) => {
    const state = Object.entries(states.get(name) ?? {})
    const shown = state.filter(([, value]) => value && typeof value !== 'number')
    return {
      hasClass: element.classList.contains(`has-${state.length}`),
      order: element.style.order,
      attributes: shown.filter(
        ([key, value]) => element.dataset[key] !== (value === true ? '' : value),
      ),
    }
  })

  expect(found).toEqual(
    eachPart((name) => ({
      hasClass: true,
      order: String(Object.keys(states.get(name) ?? {}).length),
      attributes: [],
    })),
  )
})

it('every part renders another element, which gets all of it', async () => {
  const elements = new Map<PartName, HTMLElement>()
  await renderParts((name) => ({
    className: 'given',
    render: <section className="wanted" title="wanted" />,
    ref: (element) => {
      if (element) elements.set(name, element)
    },
  }))

  const found = eachPart((name, element) => [
    element.localName,
    element.title !== '',
    element.matches(`.given.wanted.${looks[name][1]}`),
    elements.has(name),
  ])

  expect(found).toEqual(eachPart(() => ['section', true, true, true]))
})

it('every part renders what a function makes of its props and state', async () => {
  await renderParts(() => ({
    render: (props, state) =>
      cloneElement(<section data-keys={Object.keys(state).join()} />, props),
  }))

  const found = eachPart((name, element) => [
    element.localName,
    element.classList.contains(looks[name][1]),
    element.dataset.keys !== undefined,
  ])

  expect(found).toEqual(eachPart(() => ['section', true, true]))
})

it('without our looks, no part has a class or a style of ours', async () => {
  const { container } = await renderParts(() => ({}), { unstyled: true })

  const classes = [...container.querySelectorAll('[class]')].map((element) => element.className)
  const styles = [...container.querySelectorAll('[style]')]
    .filter((element) => !element.matches('input[type=file], [role=status]'))
    .map((element) => element.getAttribute('style')?.replace(/--s3u-share: [\d.]+;?/, ''))
  expect(classes).toEqual([])
  expect(styles.filter((style) => style !== '')).toEqual([])
})
