/** The project's videos, what came in when, and the way for more to come in. */

import { usePlace } from '../../app/session'
import { mayImport } from '../../core/access'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { FromSources } from './FromSources'
import { ImportJobs } from './ImportJobs'
import { Imports } from './Imports'
import { UploadZone } from './UploadZone'
import { Videos } from './Videos'

export function DataPage() {
  const { name, roles } = usePlace()
  const importer = mayImport(roles)
  return (
    <Page title={t('data.title')} project={name}>
      {importer && <UploadZone />}
      {importer && <FromSources />}
      <ImportJobs />
      <Videos importer={importer} />
      <Imports />
    </Page>
  )
}
