#include "contacts/vcard_writer.h"

#include <QIODevice>

namespace longcode::contacts {

namespace {

/// A property's text: backslash, comma, semicolon and line breaks escaped.
QString escaped(const QString &text) {
    QString value = text;
    value.replace(u'\\', QLatin1String("\\\\"))
        .replace(u',', QLatin1String("\\,"))
        .replace(u';', QLatin1String("\\;"));
    value.replace(QLatin1String("\r\n"), QLatin1String("\\n")).replace(u'\n', QLatin1String("\\n"));
    return value.remove(u'\r');
}

/// A parameter's text in quotes, by RFC 6868.
QString quotedParameter(const QString &text) {
    QString value = text;
    value.replace(u'^', QLatin1String("^^"))
        .replace(u'"', QLatin1String("^'"))
        .replace(u'\n', QLatin1String("^n"));
    return u'"' + value + u'"';
}

/// Folds at 75 octets, never within a character.
QByteArray folded(const QString &line) {
    constexpr qsizetype widest = 75;
    const QByteArray octets = line.toUtf8();
    QByteArray lines;
    qsizetype at = 0;
    while (at < octets.size()) {
        qsizetype end = std::min(octets.size(), at + (at == 0 ? widest : widest - 1));
        while (end < octets.size() && (static_cast<unsigned char>(octets[end]) & 0xC0) == 0x80)
            --end;
        if (at > 0)
            lines += "\r\n ";
        lines += octets.sliced(at, end - at);
        at = end;
    }
    return lines + "\r\n";
}

QString typeOf(const QString &label) {
    if (label == QLatin1String("mobile"))
        return QStringLiteral("cell");
    return label == QLatin1String("home") || label == QLatin1String("work") ? label : QString();
}

QStringList numberLines(const ContactNumber &number, int index) {
    const bool isUri = number.address.wire().startsWith(u'+');
    const QString type = typeOf(number.label);
    QString line = QStringLiteral("TEL;VALUE=%1").arg(isUri ? QStringLiteral("uri") : QStringLiteral("text"));
    if (!type.isEmpty())
        line += QStringLiteral(";TYPE=") + type;
    line += isUri ? QStringLiteral(":tel:") : QStringLiteral(":");
    line += escaped(number.address.wire());
    if (number.label.isEmpty() || !type.isEmpty())
        return {line};
    const QString group = QStringLiteral("item%1.").arg(index);
    return {group + line, group + QStringLiteral("X-ABLABEL:") + escaped(number.label)};
}

} // namespace

bool writeVCard(QIODevice &device, const Contact &contact) {
    QStringList lines{QStringLiteral("BEGIN:VCARD"), QStringLiteral("VERSION:4.0")};
    QString shown = contact.name;
    if (shown.isEmpty() && !contact.numbers.isEmpty())
        shown = contact.numbers.constFirst().address.international(); // FN must be there
    lines.append(QStringLiteral("FN:") + escaped(shown));
    if (!contact.givenName.isEmpty() || !contact.familyName.isEmpty())
        lines.append(
            QStringLiteral("N:%1;%2;;;").arg(escaped(contact.familyName), escaped(contact.givenName)));
    if (!contact.organisation.isEmpty())
        lines.append(QStringLiteral("ORG:") + escaped(contact.organisation));
    for (qsizetype i = 0; i < contact.numbers.size(); ++i)
        lines += numberLines(contact.numbers[i], static_cast<int>(i) + 1);
    if (!contact.note.isEmpty())
        lines.append(QStringLiteral("NOTE:") + escaped(contact.note));
    if (!contact.language.isEmpty())
        lines.append(QStringLiteral("LANG:") + escaped(contact.language));
    if (!contact.zone.isEmpty())
        lines.append(QStringLiteral("TZ:") + escaped(QString::fromLatin1(contact.zone)));
    for (const CustomField &field : contact.custom)
        lines.append(QStringLiteral("X-LONGCODE-FIELD;NAME=%1:").arg(quotedParameter(field.name)) +
                     escaped(field.value));
    lines.append(QStringLiteral("END:VCARD"));
    QByteArray card;
    for (const QString &line : std::as_const(lines))
        card += folded(line);
    return device.write(card) == card.size();
}

} // namespace longcode::contacts
