/** What stands beside a scorer's report, in German. */

import type { beside as en } from '../en/beside'
import type { Translation } from '../translation'

export const beside: Translation<typeof en> = {
  'beside.title': 'Zum Vergleich',
  'beside.note':
    'Was ein Modell bei denselben Beschreibungen schlagen muss, damit sich sein Training lohnt.',
  'beside.scorer': 'Dieses Modell',
  'beside.ahead': 'besser als das Modell',
  'beside.figure.srcc': 'SRCC',
  'beside.figure.mae': 'MAE',
  'beside.figure.pairs': 'Paare',
  'beside.figure.regret': 'Verlust',
  'beside.name.constant': 'Immer dasselbe',
  'beside.name.length': 'Länge der Beschreibung',
  'beside.name.blind': 'Blind',
  'beside.name.zero_shot': 'Untrainiert',
  'beside.name.one_hot': 'Ein-Stufen-Ziele',
  'beside.means.constant':
    'Die mittlere Stufe der Menschen je Dimension, egal was die Beschreibung sagt.',
  'beside.means.length': 'Je länger eine Beschreibung, desto besser.',
  'beside.means.blind':
    'Das Modell selbst vor einem grauen Video: was schon der Text allein verrät.',
  'beside.means.zero_shot': 'Dasselbe Modell, bevor es aus Bewertungen gelernt hat.',
  'beside.means.one_hot':
    'Dieselben Bewertungen, gelehrt als je eine richtige Stufe statt als Anteile der Menschen.',
  'more.title': 'Was mehr Bewertungen brächten',
  'more.note':
    'Dasselbe Training mit dem ersten Achtel, Viertel und der Hälfte der Videos und mit allen. Steigt die Kurve am Ende noch, lohnen sich weitere Bewertungen; jeder Schritt nach rechts verdoppelt sie.',
  'more.curve': 'SRCC nach der Zahl der Urteile',
  'more.judgments': 'Urteile',
  'looks.title': 'Blicke auf zurückgehaltene Videos',
  'looks.best':
    'Behalten wurden die Gewichte von Schritt {step}: Dort war der Verlust bei Videos, aus denen nicht gelernt wird, am kleinsten, {loss}.',
  'looks.steps': {
    one: 'Das Training dauerte {n} Schritt.',
    other: 'Das Training dauerte {n} Schritte.',
  },
  'looks.batch': 'Verlust des Batches',
  'looks.held_out': 'Verlust bei zurückgehaltenen Videos',
  'looks.kept': '(behalten)',
  'twins.title': 'Verfälschte Zwillinge',
  'twins.note':
    'Ein Zwilling ist eine gute Beschreibung, in der eine Dimension falsch gemacht wurde: Diese soll fallen, und die anderen sollen bleiben.',
  'twins.empty': 'Kein Zwilling konnte geprüft werden',
  'twins.empty.hint':
    'Geprüft werden können nur Beschreibungen, die die Regeln verstehen, oder von Hand gegebene Zwillinge. Die Regeln kennen die Sprache der Miniaturwelt; eigene Zwillinge nimmt „scorer evaluate --twins“.',
  'twins.wrong': 'Falsch gemacht',
  'twins.count': 'Zwillinge',
  'twins.name.sensitivity': 'Sensitivität',
  'twins.name.specificity': 'Spezifität',
  'twins.name.located': 'Gefunden',
  'twins.means.sensitivity': 'Wie oft die Dimension um {fall} Stufen fiel; 1 ist am besten.',
  'twins.means.specificity':
    'Wie oft sich eine andere Dimension nicht um {fall} Stufen bewegte; 1 ist am besten.',
  'twins.means.located': 'Wie oft keine andere Dimension so weit fiel; 1 ist am besten.',
}
