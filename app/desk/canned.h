#pragma once

#include "base/failure.h"
#include "desk/team.h"
#include "desk/values.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

class QLocale;

/// Texts kept ready: variables and their values, the set to begin with, and the word that must not be asked
/// for. Pure functions.
namespace longcode::desk {

/// What the variables of a canned reply stand for. Empty: not known, a person has to fill it in.
struct CannedValues {
    QString name;      ///< {{name}}
    QString firstName; ///< {{first_name}}
    QString number;    ///< {{number}}, the customer's
    QString agent;     ///< {{agent}}
    QString myNumber;  ///< {{my_number}}
    QString date;      ///< {{date}}, today where the customer is
    QString time;      ///< {{time}}
    friend bool operator==(const CannedValues &, const CannedValues &) = default;
};

/// Values for one conversation. `agent` is the writer's name. Dates are written as `locale` does, with
/// characters of GSM-7 where it has the choice.
[[nodiscard]] CannedValues cannedValues(const Conversation &conversation, const QString &agent,
                                        const QDateTime &now, const QLocale &locale);

/// "Maria Keller" → "Maria", "Keller, Maria" → "Maria"; empty when nobody can tell ("Dr. Keller", a number).
[[nodiscard]] QString givenNameOf(const QString &name);

struct CannedVariable {
    QString key;         ///< "first_name": lower case, blanks as underscores
    qsizetype begin = 0; ///< of the first brace, UTF-16 units
    qsizetype length = 0;
    friend bool operator==(const CannedVariable &, const CannedVariable &) = default;
};

/// Every {{…}} of a text in order. The key of {{}} is empty.
[[nodiscard]] QList<CannedVariable> variablesIn(const QString &text);

struct CannedExpansion {
    QString text;        ///< what has no value still stands in its braces
    QStringList missing; ///< keys without a value, each once
};

/// Puts values in place of variables, in one pass: braces inside a value are not looked at. `given` holds
/// what a person filled in, by key, and goes first.
[[nodiscard]] CannedExpansion expand(const QString &text, const CannedValues &values,
                                     const QHash<QString, QString> &given = {});

/// "First name" for "first_name", "Order number" for one of the person's own.
[[nodiscard]] QString variableInWords(const QString &key);

/// Why a text with a {{…}} left in it is not sent; nothing for others.
[[nodiscard]] std::optional<Failure> unexpanded(const QString &text);

/// The opt-out word a text asks for as an answer to something else ("Reply CANCEL to cancel the visit"), as
/// it stands there, or empty. Whoever follows such a text opts out of all texts (D47). "Reply STOP to opt
/// out" is none.
[[nodiscard]] QString trapWord(const QString &text);
/// A sentence about it.
[[nodiscard]] QString trapInWords(const QString &word);

/// Canned replies to begin with, for appointments, deliveries, codes, surveys and reopening; without ids.
[[nodiscard]] QList<CannedReply> starterReplies();

} // namespace longcode::desk
