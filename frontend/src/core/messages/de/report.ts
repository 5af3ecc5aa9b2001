/** Agreement, and what annotators are like, in German. */

import type { report as en } from '../en/report'
import type { Translation } from '../translation'

export const report: Translation<typeof en> = {
  'report.of': { one: 'Aus {n} Bewertung, berechnet', other: 'Aus {n} Bewertungen, berechnet' },
  'report.stale': 'seitdem gibt es andere Bewertungen',
  'report.renew': 'Neu berechnen',
  'report.making': 'Wird berechnet…',
  'report.making.at': 'Wird berechnet: {dimension}…',
  'report.failed':
    'Die letzte Berechnung ist fehlgeschlagen. Der Server hat den Grund aufgezeichnet.',
  'report.none': 'Noch kein Bericht',
  'report.none.hint': 'Er wird im Hintergrund berechnet und erscheint hier von selbst.',
  'report.rubric': 'Fassung des Maßstabs',
  'report.rubric.option': {
    one: 'Fassung {version}: {n} Bewertung',
    other: 'Fassung {version}: {n} Bewertungen',
  },
  'report.rubric.hint':
    'Stufen, die unter anderen Worten vergeben wurden, werden nicht verglichen. Wie weit sie sich verschoben haben, sagen die Brücken unter Einstellungen, Maßstab.',
  'report.rubric.only': 'Bewertungen unter Fassung {rubric} des Maßstabs.',
  'report.rubric.mixed':
    'Dieser Bericht ist alt und mischt die Fassungen des Maßstabs: berechnen Sie ihn neu.',
  'report.download': 'Als CSV herunterladen',
  'agreement.title': 'Übereinstimmung',
  'agreement.part.level': 'Stufen, wo die Dimension vorkommt',
  'agreement.part.applicability': 'Kommt vor oder nicht',
  'agreement.hint.level':
    'Unter denen, für die die Dimension vorkommt: Wie nah liegen ihre Stufen? 1 ist vollkommen, 0 ist Zufall. Unter jeder Zahl steht ihr 95-%-Intervall, über Videos.',
  'agreement.hint.applicability':
    'Spricht die Beschreibung überhaupt von der Dimension, sodass sie richtig oder falsch sein kann? Alles außer 0 heißt hier „kommt vor“.',
  'agreement.statistic.alpha': 'Alpha',
  'agreement.ordinal.alpha': 'Alpha, ordinal',
  'agreement.statistic.icc_mean': 'ICC(2,k)',
  'agreement.statistic.icc_single': 'ICC(2,1)',
  'agreement.statistic.ac1': 'AC1',
  'agreement.statistic.ac2': 'AC2',
  'agreement.statistic.kappa': 'Kappa',
  'agreement.ordinal.kappa': 'Kappa, quadratisch',
  'agreement.statistic.exact': 'Gleich',
  'agreement.statistic.within_one': 'Höchstens eins',
  'agreement.means.alpha':
    'Krippendorff: Übereinstimmung über den Zufall hinaus, auch wo nicht alle alles bewertet haben. Über 0,8 ist gut, unter 0,67 sagt wenig.',
  'agreement.means.icc_mean':
    'Wie verlässlich die mittlere Stufe einer Beschreibung ist, mit so vielen Bewertungen, wie sie hat. Darauf beruhen Training und Export.',
  'agreement.means.icc_single': 'Wie verlässlich die Stufe einer einzelnen Person ist.',
  'agreement.means.ac1':
    'Gwet: wie Alpha, aber beständig, wo fast alle dasselbe sagen. Verlässlich, wo „kommt nicht vor“ selten ist.',
  'agreement.means.ac2':
    'Gwet, mit quadratischen Gewichten: wie Alpha, aber beständig, wo fast alle eine Stufe geben.',
  'agreement.means.kappa':
    'Cohen, im Mittel über Paare von Personen. Zwei mit weniger als zwanzig gemeinsamen Beschreibungen sind kein Paar.',
  'agreement.means.exact':
    'Von Paaren von Bewertungen einer Beschreibung der Anteil, der übereinstimmt.',
  'agreement.means.within_one':
    'Von Paaren von Bewertungen der Anteil, der höchstens eine Stufe auseinander liegt.',
  'agreement.reason.no-ratings': 'Noch niemand hat bewertet.',
  'agreement.reason.one-annotator': 'Nur eine Person hat bewertet.',
  'agreement.reason.no-overlap': 'Keine Beschreibung wurde von zweien bewertet.',
  'agreement.reason.one-item': 'Nur eine Beschreibung wurde bewertet.',
  'agreement.reason.few-shared': 'Keine zwei Personen haben zwanzig Beschreibungen gemeinsam.',
  'agreement.reason.no-variation':
    'Alle Bewertungen sind gleich: Übereinstimmung über den Zufall hinaus ist nicht bestimmt.',
  'agreement.reason.one-video': 'Alle Bewertungen betreffen ein Video: Es gibt kein Intervall.',
  'agreement.reason.all-alike':
    'Alle Videos sagen dasselbe: Ihre Streuung, und so das Intervall, ist unbekannt.',
  'agreement.reason.too-sparse':
    'Zu wenige Videos haben, was die Statistik braucht: Es gibt kein Intervall.',
  'raters.title': 'Wie die Bewertenden sind',
  'raters.hint':
    'Ein Modell aller Bewertungen zugleich. Es kennt keinen Namen und kein Gold; es vergleicht alle mit allen und ist unsicher bei denen, die wenig bewertet haben.',
  'raters.empty': 'Noch niemand hat bewertet.',
  'raters.plot': 'Neigung, in Stufen: rechts von 0 großzügig, links streng',
  'raters.ratings': 'Bewertungen',
  'raters.plain': 'Mittlere Stufe',
  'raters.column.bias': 'Neigung',
  'raters.column.noise': 'Streuung',
  'raters.column.guessing': 'Raten',
  'raters.column.sensitivity': 'Findet, was vorkommt',
  'raters.column.specificity': 'Findet, was fehlt',
  'raters.means.bias':
    'um so viele Stufen großzügiger als die anderen, bei denselben Beschreibungen',
  'raters.means.noise':
    'um wie viele Stufen das Gesehene um die Wahrheit und die eigene Neigung streut',
  'raters.means.guessing':
    'der Anteil der Stufen, die unabhängig von der Beschreibung gegeben werden',
  'raters.means.sensitivity': 'wie wahrscheinlich eine Dimension, die vorkommt, so bewertet wird',
  'raters.means.specificity':
    'wie wahrscheinlich eine Dimension, die nicht vorkommt, so bewertet wird',
  'report.older': 'Der Bericht weiß das noch nicht',
  'report.older.hint': 'Er stammt von einem älteren Crest. Berechnen Sie ihn neu.',
  'forecast.tab': 'Fortschritt',
  'forecast.title': 'Fortschritt',
  'forecast.end': 'Geschätztes Ende',
  'forecast.unknown': 'unbekannt',
  'forecast.perDay': 'Bewertungen am Tag',
  'forecast.ratings': 'Bewertungen',
  'forecast.remaining': 'Noch gewünscht',
  'forecast.interval': 'Mit 95 % Sicherheit zwischen dem {earliest} und dem {latest}.',
  'forecast.openInterval':
    'Mit 95 % Sicherheit nicht vor dem {earliest}; wie spät, ist offen, so ungleich sind die Tage.',
  'forecast.method':
    'Nach den letzten {n} Tagen: wenn die kommenden im Mittel so viel bringen und so ungleich sind.',
  'forecast.reason.empty': 'Es gibt keine Beschreibung zu bewerten.',
  'forecast.reason.done': 'Jede Beschreibung hat so viele Bewertungen wie gewünscht.',
  'forecast.reason.new':
    'Für eine Schätzung muss mindestens drei ganze Tage lang bewertet worden sein.',
  'forecast.reason.stalled':
    'In den letzten zwei Wochen hat niemand bewertet; so lässt sich kein Ende nennen.',
  'forecast.reason.far': 'Im Tempo der letzten zwei Wochen dauert es mehr als zehn Jahre.',
  'forecast.burnUp': 'Bewertungen bisher',
  'forecast.burnUp.hint':
    'Zusammengezählt nach Tagen von 24 Stunden vor dem Bericht. Gestrichelt: bis zum geschätzten Ende, in gleichem Tempo.',
  'forecast.until': 'Bis',
  'forecast.captioners': 'Nach beschreibendem Modell',
  'forecast.tiers': 'Nach Dringlichkeit',
  'forecast.of': 'Fertig: {name}',
  'forecast.column.name': 'Name',
  'forecast.column.share': 'Anteil fertig',
  'forecast.column.items': 'Beschreibungen',
  'forecast.column.finished': 'Fertig',
  'forecast.column.ratings': 'Bewertungen',
  'forecast.column.remaining': 'Noch gewünscht',
  'zeros.tab': 'Kommt nicht vor',
  'zeros.hint':
    '„Kommt nicht vor“ ist die schnellste aller Antworten. Wer sie bei denselben Beschreibungen viel öfter gibt als andere, sieht vielleicht nicht hin; wer sie nie gibt, kennt sie vielleicht nicht.',
  'zeros.of': {
    one: '{share} von {n} Bewertung sagen „kommt nicht vor“.',
    other: '{share} von {n} Bewertungen sagen „kommt nicht vor“.',
  },
  'zeros.conflicts': 'Ansehen, wo man sich uneins ist',
  'zeros.annotators': 'Bewertende neben den anderen',
  'zeros.annotators.hint':
    'Verglichen wird mit denen, die dieselben Beschreibungen bewertet haben; wer welche bekam, spielt also keine Rolle. Das Intervall hält 95 %, über Videos: Wo es 0 auslässt, ist der Unterschied kaum Zufall.',
  'zeros.column.ratings': 'Bewertungen',
  'zeros.column.share': 'Kommt nicht vor',
  'zeros.column.others': 'Andere, bei denselben',
  'zeros.column.difference': 'Unterschied, in Punkten',
  'zeros.column.alone': 'Allein damit',
  'zeros.from': '{low} bis {high}',
  'zeros.sample': 'Selbst ansehen',
  'zeros.sample.hint':
    'Bis zu zehn Beschreibungen, zufällig gezogen aus allen, von denen jemand sagte, dass die Dimension nicht vorkommt. Ein Bericht über andere Bewertungen zieht andere.',
  'zeros.sample.empty': 'Nichts anzusehen',
  'zeros.sample.empty.hint': 'Niemand hat bei dieser Dimension „kommt nicht vor“ gesagt.',
}
