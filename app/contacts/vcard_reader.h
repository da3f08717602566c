#pragma once

#include "contacts/byte_source.h"
#include "contacts/contact.h"

#include <QHash>

namespace longcode::contacts {

struct VCardLimits {
    qint64 bytes = 1LL << 30;
    qint64 cards = 2'000'000;
    qsizetype propertyBytes = 64 * 1024; ///< the rest of a longer one (a photograph) is passed over
    int properties = 2'000;              ///< of one card
};

/// Reads the cards of a vCard 3.0 or 4.0 file (RFC 2426, RFC 6350), and what phones write as 2.1: folded
/// lines, quoted-printable, parameters without names, groups. Takes FN, N, ORG, TEL, NOTE, LANG, TZ and X-…
/// properties.
class VCardReader {
public:
    explicit VCardReader(QIODevice &device, const VCardLimits &limits = {});

    /// The next card, or false at the end.
    bool read(ContactDraft &draft);
    /// An empty text when everything was read; else a sentence that says why not.
    [[nodiscard]] QString whyEnded() const;
    [[nodiscard]] QString encoding() const { return m_source.encoding(); }

private:
    struct Property {
        QString group;
        QString name; ///< upper case
        QHash<QString, QStringList> parameters;
        QByteArray value; ///< encoded still, but for quoted-printable
    };

    bool readLine(QByteArray &line);
    bool readUnfolded(QByteArray &line);
    void joinSoftBreaks(QByteArray &line);
    [[nodiscard]] bool nextIsFolded();
    bool fill();
    bool readProperty(Property &property);
    [[nodiscard]] QStringList parts(const Property &property, char between);
    [[nodiscard]] QString wholeValue(const Property &property);
    void take(const Property &property, ContactDraft &draft);
    void takeNumber(const Property &property, ContactDraft &draft);
    void takeCustom(const Property &property, ContactDraft &draft);
    void nameNumbers(ContactDraft &draft);

    ByteSource m_source;
    VCardLimits m_limits;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    qint64 m_line = 0;
    qint64 m_cards = 0;
    bool m_wasCut = false;
    bool m_isAtEnd = false;
    QHash<QString, qsizetype> m_numberOfGroup; ///< which number of the draft a group has
    QHash<QString, QString> m_labelOfGroup;
};

} // namespace longcode::contacts
