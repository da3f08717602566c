#pragma once

#include "base/strong_id.h"
#include "phone/phone.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// People of the address book as values, their way in and out as CSV and vCard. No widgets, and no I/O but a
/// QIODevice handed in. All text of a Contact is plain text, cleaned and bounded (see plain_text.h).
namespace longcode::contacts {

using ContactId = StrongId<struct ContactTag>;

struct ContactNumber {
    phone::Address address;
    QString label; ///< "mobile", "work", or what people call it; may be empty
    friend bool operator==(const ContactNumber &, const ContactNumber &) = default;
};

struct CustomField {
    QString name;
    QString value;
    friend bool operator==(const CustomField &, const CustomField &) = default;
};

struct Contact {
    ContactId id; ///< empty: not kept yet
    QString name; ///< as it is shown
    QString givenName;
    QString familyName;
    QString organisation;
    QList<ContactNumber> numbers;
    QString note;     ///< may have several lines
    QString language; ///< BCP 47 ("en", "pt-BR"), or empty
    QByteArray zone;  ///< IANA name known to this system, or empty
    QList<CustomField> custom;
    friend bool operator==(const Contact &, const Contact &) = default;
};

/// Bounds of what is kept of one contact; longer things are cut and said to be.
namespace bounds {
inline constexpr qsizetype name = 200;
inline constexpr qsizetype note = 10'000;
inline constexpr qsizetype label = 60;
inline constexpr qsizetype value = 2'000;
inline constexpr qsizetype numbers = 20;
inline constexpr qsizetype customFields = 60;
} // namespace bounds

/// What a file says of a person, before anything is judged: foreign text, bounded only by its reader.
struct ContactDraft {
    struct Number {
        QString text;
        QString label;
    };
    qint64 line = 0; ///< of the file, from 1
    QString name;
    QString givenName;
    QString familyName;
    QString organisation;
    QList<Number> numbers;
    QStringList notes;
    QString language;
    QString zone;
    QList<CustomField> custom;
    QStringList mended; ///< sentences of the reader about what it had to mend
    QString unreadable; ///< a sentence when the entry is in no state to be taken
};

} // namespace longcode::contacts
