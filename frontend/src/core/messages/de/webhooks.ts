/** Webhooks, in German. */

import type { webhooks as en } from '../en/webhooks'
import type { Translation } from '../translation'

export const webhooks: Translation<typeof en> = {
  'webhook.title': 'Webhooks',
  'webhook.hint':
    'Andere Server erfahren sofort und signiert, was hier geschieht, und noch einmal, wenn sie nicht antworten.',
  'webhook.new': 'Neuer Webhook',
  'webhook.empty': 'Noch keine Webhooks',
  'webhook.empty.hint':
    'Legen Sie einen an, und Ihr Server erfährt von jeder Bewertung, Entscheidung oder jedem Export.',
  'webhook.url': 'Adresse',
  'webhook.url.hint': 'Eine öffentliche Adresse, die mit https:// beginnt',
  'webhook.description': 'Beschreibung',
  'webhook.events': 'Ereignisse',
  'webhook.eventCount': { one: '{n} Ereignis', other: '{n} Ereignisse' },
  'webhook.state': 'Zustand',
  'webhook.last': 'Zuletzt gesendet',
  'webhook.never': 'Noch nichts',
  'webhook.waiting': { one: '{n} wartet', other: '{n} warten' },
  'webhook.create': 'Webhook anlegen',
  'webhook.creating': 'Wird angelegt …',
  'webhook.edit': 'Ändern',
  'webhook.switchOn': 'Einschalten',
  'webhook.switchOff': 'Ausschalten',
  'webhook.on': 'An',
  'webhook.off': 'Aus',
  'webhook.failing': 'Schlägt fehl',
  'webhook.failing.since': 'Nichts mehr angenommen seit',
  'webhook.off.by-hand': 'Er wurde von Hand ausgeschaltet. Er erfährt nichts.',
  'webhook.off.gone':
    'Er hat geantwortet, dass er nichts mehr will (410), und wurde ausgeschaltet.',
  'webhook.off.failing': 'Seit Tagen konnte nichts zugestellt werden: Er wurde ausgeschaltet.',
  'webhook.all': 'Alle Webhooks',

  // The secret
  'webhook.secret': 'Geheimnis',
  'webhook.secret.title': 'Das Geheimnis dieses Webhooks',
  'webhook.secret.once':
    'Geben Sie es Ihrem Server, damit er prüfen kann, dass von hier kommt, was er erhält. Es wird nicht noch einmal gezeigt.',
  'webhook.secret.overlap': 'Das Geheimnis davor signiert daneben bis {date}.',
  'webhook.renew': 'Neues Geheimnis',
  'webhook.renew.title': 'Ein neues Geheimnis machen?',
  'webhook.renew.text':
    'Das jetzige signiert noch einen Tag neben dem neuen: Zeit, es auf Ihrem Server zu ändern.',
  'webhook.remove': 'Entfernen',
  'webhook.remove.title': 'Diesen Webhook entfernen?',
  'webhook.remove.text':
    'An {url} wird nichts mehr gesendet, und die Zustellungen werden nicht mehr gezeigt.',

  // Deliveries
  'webhook.ping': 'Ping senden',
  'webhook.pinged': 'Der Ping ist unterwegs',
  'webhook.deliveries': 'Zustellungen',
  'webhook.deliveries.hint': 'Der letzten 30 Tage, die neuesten zuerst.',
  'webhook.deliveries.empty': 'Noch wurde nichts gesendet',
  'webhook.deliveries.none': 'Keine Zustellung passt',
  'webhook.deliveries.try': 'Senden Sie einen Ping, um zu sehen, ob er ankommt.',
  'webhook.anyState': 'Alle',
  'webhook.anyEvent': 'Jedes Ereignis',
  'webhook.event': 'Ereignis',
  'webhook.when': 'Wann',
  'webhook.answer': 'Antwort',
  'webhook.actions': 'Aktionen',
  'webhook.show': 'Ansehen',
  'webhook.again': 'Noch einmal senden',
  'webhook.tries': { one: '{n} Versuch', other: '{n} Versuche' },
  'webhook.next': 'der nächste',
  'webhook.soon': 'bald',
  'webhook.took': '{n} ms',
  'webhook.delivery': 'Zustellung: {event}',
  'webhook.sent': 'Was gesendet wird',
  'webhook.attempts': 'Versuche',
  'webhook.attempts.none': 'Noch nicht versucht.',
  'webhook.request': 'Kopfzeilen der Anfrage',
  'webhook.response': 'Was zurückkam',
  'webhook.response.empty': 'Die Antwort war leer.',
  'webhook.response.cut': 'Nur ihr Anfang wird aufbewahrt.',
  'webhook.delivery.waiting': 'Wartet',
  'webhook.delivery.delivered': 'Zugestellt',
  'webhook.delivery.failed': 'Aufgegeben',

  // Why nothing came back
  'webhook.problem.unknown-host': 'Diesen Rechner gibt es nicht',
  'webhook.problem.unreachable': 'Keine Verbindung',
  'webhook.problem.timeout': 'Hat zu lange gedauert',
  'webhook.problem.unreadable': 'Das ist keine Adresse der Form https://rechner/pfad',
  'webhook.problem.user': 'Eine Adresse darf weder Benutzernamen noch Passwort enthalten',
  'webhook.problem.port': 'Nur die Ports 80 und 443, wenn der Betreiber keine anderen erlaubt hat',
  'webhook.problem.private':
    'Das ist keine öffentliche Adresse, und der Betreiber hat sie nicht erlaubt',
  'webhook.problem.secret-lost':
    'Das Geheimnis kann nicht mehr gelesen werden: Machen Sie ein neues',

  // Events
  'webhook.type.answer.recorded': 'Eine Beschreibung wurde bewertet',
  'webhook.type.answer.revised': 'Eine Bewertung wurde neu abgegeben',
  'webhook.type.caption.completed': 'Eine Beschreibung hat alle Bewertungen',
  'webhook.type.remark.created': 'Eine Meldung oder ein Kommentar',
  'webhook.type.decision.made': 'Ein Konflikt wurde entschieden',
  'webhook.type.import.ended': 'Ein Import ist zu Ende',
  'webhook.type.report.ended': 'Ein Qualitätsbericht ist da',
  'webhook.type.snapshot.frozen': 'Ein Snapshot wurde eingefroren',
  'webhook.type.export.ended': 'Ein Export ist zu Ende',
  'webhook.type.run.ended': 'Ein Lauf ist zu Ende',
  'webhook.type.project.archived': 'Das Projekt wurde archiviert',
  'webhook.type.ping': 'Ping',

  'refused.nothing-chosen': 'Wählen Sie mindestens ein Ereignis.',
  'refused.too-many-webhooks':
    'Ein Projekt hat höchstens 20 Webhooks. Entfernen Sie einen, der nicht gebraucht wird.',
  'refused.webhook-off':
    'Dieser Webhook ist ausgeschaltet: Schalten Sie ihn ein, bevor etwas gesendet wird.',
  'refused.no-such-delivery': 'Diese Zustellung gibt es nicht.',
  'refused.no-such-webhook': 'Diesen Webhook gibt es in diesem Projekt nicht.',
}
