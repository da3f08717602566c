#include "people/contact_card.h"

#include "people/contact_words.h"
#include "people/known_words.h"
#include "rules/visible_controls.h"
#include "settings/page_parts.h"
#include "style/avatar.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"
#include "style/panel.h"
#include "style/plain_text.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace longcode::people {

namespace {

constexpr int discExtent = 56;

} // namespace

ContactCard::ContactCard(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_disc(new style::Avatar(discExtent, this))
    , m_title(new style::ElidedLabel(style::TextSize::Title, style::TextTone::Text, this))
    , m_subtitle(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, this))
    , m_edit(new QPushButton(tr("&Edit…"), this))
    , m_remove(new QPushButton(tr("&Delete…"), this)) {
    setObjectName(QStringLiteral("contactCard"));
    m_title->setObjectName(QStringLiteral("contactTitle"));
    m_title->setTextSize(style::TextSize::Title, style::TextWeight::Strong);
    m_subtitle->setObjectName(QStringLiteral("contactSubtitle"));
    m_edit->setObjectName(QStringLiteral("editContactButton"));
    m_remove->setObjectName(QStringLiteral("deleteContactButton"));
    style::setButtonKind(m_remove, style::ButtonKind::Danger);
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    names->addStretch(1);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    names->addStretch(1);
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(m_disc);
    head->addLayout(names, 1);
    head->addWidget(m_edit);
    head->addWidget(m_remove);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(16);
    m_column->addLayout(head);
    connect(m_edit, &QPushButton::clicked, this, &ContactCard::editRequested);
    connect(m_remove, &QPushButton::clicked, this, &ContactCard::removeRequested);
}

void ContactCard::setContact(const contacts::Contact &contact, const phone::Region &home) {
    m_contact = contact;
    const QString title = titleOf(contact, home);
    m_disc->setPerson(title, colourKeyOf(contact));
    m_title->setText(title);
    const QString organisation = style::singleLine(contact.organisation);
    m_subtitle->setText(organisation == title ? QString() : organisation);
    m_subtitle->setVisible(!m_subtitle->text().isEmpty());
    delete m_facts;
    auto *card = new style::Panel(style::Fill::Surface, this);
    card->setObjectName(QStringLiteral("contactFactsCard"));
    card->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    card->setRadius(12);
    m_facts = card;
    m_form = new QFormLayout(card);
    m_form->setContentsMargins(22, 18, 22, 18);
    m_form->setHorizontalSpacing(18);
    m_form->setVerticalSpacing(10);
    addNumbers(home);
    addFacts();
    m_column->addWidget(card);
}

void ContactCard::addNumbers(const phone::Region &home) {
    int place = 0;
    for (const contacts::ContactNumber &number : std::as_const(m_contact.numbers)) {
        auto *row = new QWidget(m_facts);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto *words = new QLabel(row);
        words->setTextFormat(Qt::PlainText);
        words->setObjectName(QStringLiteral("contactNumberWords%1").arg(place));
        words->setText(number.address.display(home));
        words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        auto *text = new QPushButton(tr("Text"), row);
        text->setObjectName(QStringLiteral("textNumberButton%1").arg(place));
        text->setIcon(style::icon(style::IconName::NewMessage));
        text->setAccessibleName(tr("Text %1").arg(number.address.display(home)));
        line->addWidget(words, 1);
        line->addWidget(text);
        connect(text, &QPushButton::clicked, this,
                [this, address = number.address] { Q_EMIT textRequested(address); });
        const QString label = style::singleLine(number.label);
        QLabel *kind = settings::mutedText(label.isEmpty() ? tr("Number") : label, m_facts);
        kind->setMinimumHeight(text->sizeHint().height());
        m_form->addRow(kind, row);
        ++place;
    }
}

void ContactCard::addFact(const QString &label, const QString &value, const QString &objectName) {
    if (value.isEmpty())
        return;
    QLabel *fact = settings::wrappedText(rules::displayWithVisibleControls(value), m_facts);
    fact->setObjectName(objectName);
    fact->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QLabel *kind = settings::mutedText(label, m_facts);
    kind->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    m_form->addRow(kind, fact);
}

void ContactCard::addFacts() {
    addFact(tr("Given name"), m_contact.givenName, QStringLiteral("factGiven"));
    addFact(tr("Family name"), m_contact.familyName, QStringLiteral("factFamily"));
    addFact(tr("Language"), languageInWords(m_contact.language), QStringLiteral("factLanguage"));
    if (const QTimeZone zone(m_contact.zone); zone.isValid()) {
        QString format = QLocale().timeFormat(QLocale::ShortFormat);
        format.remove(QStringLiteral(":ss")); // some locales say seconds even in short
        const QString time = QLocale().toString(m_clock.now().toTimeZone(zone).time(), format);
        addFact(tr("Time zone"),
                tr("%1, now %2 there").arg(QString::fromLatin1(m_contact.zone).replace(u'_', u' '), time),
                QStringLiteral("factZone"));
    }
    addFact(tr("Note"), m_contact.note, QStringLiteral("factNote"));
    int place = 0;
    for (const contacts::CustomField &field : std::as_const(m_contact.custom)) {
        addFact(style::singleLine(field.name), field.value, QStringLiteral("factCustom%1").arg(place));
        ++place;
    }
}

} // namespace longcode::people
