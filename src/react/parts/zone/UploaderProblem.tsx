'use client'

import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'

/** Says why the form cannot be sent, once the browser has refused to, else the app's `error`. It describes the trigger. Renders a `<p>`. */
export const UploaderProblem = createPart(
  ['p', 'problem', 's3u-problem'],
  function useProblem(_, { ids, error }) {
    const sentence = useCore().validationMessage ?? error
    return { own: { id: `${ids.base}-problem`, children: sentence }, isAbsent: !sentence }
  },
)
