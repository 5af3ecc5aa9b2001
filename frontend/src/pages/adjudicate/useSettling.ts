/** Doing something to a case: the answer is the case as it is now. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import type { Story } from '../../core/adjudicationApi'

export function useSettling<Given>(
  act: (slug: string, given: Given) => Promise<Story>,
  onDone: () => void,
) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: Given) => act(slug, given),
    onSuccess: story => {
      queries.setQueryData(['story', slug, story.item], story)
      queries.invalidateQueries({ queryKey: ['cases', slug] })
      onDone()
    },
  })
}
