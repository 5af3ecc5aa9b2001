/** The flag and the comments of one caption. Both are shown at once, and taken back if refused. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { answersApi } from '../../core/answersApi'
import type { Remark } from '../../core/answersTypes'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { explain } from '../../ui/Notice'

const PENDING = -1

export type Remarks = ReturnType<typeof useRemarks>

export function useRemarks(slot: number, say: (message: string) => void) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const key = ['remarks', slug, slot]
  const { data = [] } = useQuery({
    queryKey: key,
    queryFn: () => answersApi.remarks(slug, slot),
    staleTime: 60_000,
    // Nothing on the screen waits for it.
    retry: false,
  })
  const flag = data.find(({ kind, resolved_at }) => kind === 'flag' && resolved_at === null)

  const show = (remarks: readonly Remark[]) => queries.setQueryData(key, remarks)
  const turnFlag = async () => {
    const others = data.filter(remark => remark !== flag)
    const pending: Remark = { id: PENDING, kind: 'flag', text: '', made_at: '', resolved_at: null }
    show(flag ? others : [pending, ...others])
    say(flag ? t('flag.off') : t('flag.on'))
    try {
      if (flag) await answersApi.unflag(slug, slot)
      else show([await answersApi.remark(slug, slot, 'flag', ''), ...others])
      queries.invalidateQueries({ queryKey: ['history', slug] })
    } catch (error) {
      show(data)
      say(explain(problemOf(error)).title)
    }
  }
  const comment = async (text: string) => {
    const made = await answersApi.remark(slug, slot, 'comment', text)
    show([made, ...data])
    say(t('comment.sent'))
  }
  const flagWords = async (text: string) => {
    const made = await answersApi.remark(slug, slot, 'flag', text)
    show([made, ...data.filter(remark => remark !== flag)])
    say(t('comment.sent'))
  }
  const comments = data.filter(({ kind }) => kind === 'comment')
  return { flag, comments, turnFlag, flagWords, comment }
}
