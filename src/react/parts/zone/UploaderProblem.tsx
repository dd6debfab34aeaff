'use client'

import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'

/** Says why the form cannot be sent, once the browser has refused to. Renders a `<p>` that is an alert. */
export const UploaderProblem = createPart(
  ['p', 'problem', 's3u-problem'],
  function useProblem(_, { id }) {
    const { validationMessage } = useCore()
    return {
      own: { id: `${id}-problem`, role: 'alert', children: validationMessage },
      isAbsent: !validationMessage,
    }
  },
)
