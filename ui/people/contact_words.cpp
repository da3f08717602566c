#include "people/contact_words.h"

#include "style/plain_text.h"

#include <QCoreApplication>

namespace longcode::people {

namespace {

QString firstNumber(const contacts::Contact &contact, const phone::Region &home) {
    return contact.numbers.isEmpty() ? QString() : contact.numbers.first().address.display(home);
}

} // namespace

QString titleOf(const contacts::Contact &contact, const phone::Region &home) {
    for (const QString &candidate : {contact.name, contact.organisation}) {
        if (const QString line = style::singleLine(candidate); !line.isEmpty())
            return line;
    }
    const QString number = firstNumber(contact, home);
    return number.isEmpty() ? QCoreApplication::translate("longcode::people", "Without a name") : number;
}

QString subtitleOf(const contacts::Contact &contact, const phone::Region &home) {
    const QString title = titleOf(contact, home);
    QStringList parts;
    for (const QString &candidate : {firstNumber(contact, home), style::singleLine(contact.organisation)}) {
        if (!candidate.isEmpty() && candidate != title)
            parts.append(candidate);
    }
    if (contact.numbers.size() > 1)
        parts.insert(qMin(parts.size(), qsizetype(1)),
                     QCoreApplication::translate("longcode::people", "and %n more", nullptr,
                                                 int(contact.numbers.size()) - 1));
    return parts.join(QStringLiteral(" · "));
}

QString colourKeyOf(const contacts::Contact &contact) {
    return contact.numbers.isEmpty() ? contact.id.text() : contact.numbers.first().address.wire();
}

} // namespace longcode::people
