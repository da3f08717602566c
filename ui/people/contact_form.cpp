#include "people/contact_form.h"

#include "composer/field_frame.h"
#include "contacts/plain_text.h"
#include "people/known_words.h"
#include "people/pair_rows.h"
#include "style/theme.h"

#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace longcode::people {

namespace {

constexpr int noteLines = 4;
constexpr qsizetype longestNumber = 64;
constexpr qsizetype longestChoice = 80;

void completeFrom(QLineEdit *field, const QStringList &choices) {
    auto *completer = new QCompleter(choices, field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    field->setCompleter(completer);
}

QString lineOf(const QLineEdit *field, qsizetype longest) {
    return contacts::plainLine(field->text(), longest).text;
}

} // namespace

ContactForm::ContactForm(const phone::Region &home, QWidget *parent) : QWidget(parent), m_home(home) {
    setObjectName(QStringLiteral("contactForm"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(9);
    m_name = addField(form, tr("&Name"), QStringLiteral("contactName"), contacts::bounds::name);
    m_nameProblem = problemBelow(form, QStringLiteral("contactNameProblem"));
    m_given = addField(form, tr("&Given name"), QStringLiteral("contactGiven"), contacts::bounds::name);
    m_family = addField(form, tr("&Family name"), QStringLiteral("contactFamily"), contacts::bounds::name);
    m_organisation =
        addField(form, tr("&Organisation"), QStringLiteral("contactOrganisation"), contacts::bounds::name);
    addNumbers(form);
    addLanguageAndZone(form);
    addNote(form);
    addCustom(form);
    setFocusProxy(m_name);
}

QLineEdit *ContactForm::addField(QFormLayout *form, const QString &label, const QString &objectName,
                                 qsizetype longest) {
    auto *field = new QLineEdit(this);
    field->setObjectName(objectName);
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setMaxLength(int(longest));
    form->addRow(label, field);
    connect(field, &QLineEdit::textEdited, this, &ContactForm::noteEdit);
    return field;
}

QLabel *ContactForm::problemBelow(QFormLayout *form, const QString &objectName) {
    auto *label = new QLabel(this);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    form->addRow(QString(), label);
    return label;
}

void ContactForm::addNumbers(QFormLayout *form) {
    m_numbers = new PairRows({.objectName = QStringLiteral("contactNumber"),
                              .first = tr("Number"),
                              .second = tr("Label, as “mobile”"),
                              .add = tr("Add a number"),
                              .remove = tr("Remove number %1")},
                             int(contacts::bounds::numbers), longestNumber, contacts::bounds::label, this);
    form->addRow(tr("Numbers"), m_numbers);
    connect(m_numbers, &PairRows::edited, this, &ContactForm::noteEdit);
}

void ContactForm::addLanguageAndZone(QFormLayout *form) {
    m_language = addField(form, tr("&Language"), QStringLiteral("contactLanguage"), longestChoice);
    m_language->setPlaceholderText(tr("English, de, pt-BR, …"));
    completeFrom(m_language, languageChoices());
    m_languageProblem = problemBelow(form, QStringLiteral("contactLanguageProblem"));
    m_zone = addField(form, tr("Time &zone"), QStringLiteral("contactZone"), longestChoice);
    m_zone->setPlaceholderText(tr("Known from the number unless you choose one"));
    completeFrom(m_zone, zoneChoices());
    m_zoneProblem = problemBelow(form, QStringLiteral("contactZoneProblem"));
}

void ContactForm::addNote(QFormLayout *form) {
    m_note = new QPlainTextEdit(this);
    m_note->setObjectName(QStringLiteral("contactNote"));
    m_note->setAccessibleName(tr("Note"));
    m_note->setTabChangesFocus(true);
    m_note->setFrameShape(QFrame::NoFrame);
    m_note->setFixedHeight(noteLines * m_note->fontMetrics().lineSpacing() + 12);
    auto *label = new QLabel(tr("No&te"), this);
    label->setBuddy(m_note);
    form->addRow(label, new composer::FieldFrame(m_note, this));
    connect(m_note, &QPlainTextEdit::textChanged, this, &ContactForm::noteEdit);
}

void ContactForm::addCustom(QFormLayout *form) {
    m_custom = new PairRows({.objectName = QStringLiteral("contactField"),
                             .first = tr("Field, as “Order”"),
                             .second = tr("Value"),
                             .add = tr("Add a field"),
                             .remove = tr("Remove field %1")},
                            int(contacts::bounds::customFields), contacts::bounds::label,
                            contacts::bounds::value, this);
    form->addRow(tr("More"), m_custom);
    connect(m_custom, &PairRows::edited, this, &ContactForm::noteEdit);
}

void ContactForm::noteEdit() {
    m_edited = true;
    Q_EMIT edited();
}

void ContactForm::setContact(const contacts::Contact &contact) {
    m_start = contact;
    m_name->setText(contact.name);
    m_given->setText(contact.givenName);
    m_family->setText(contact.familyName);
    m_organisation->setText(contact.organisation);
    QList<std::pair<QString, QString>> numbers;
    for (const contacts::ContactNumber &number : contact.numbers)
        numbers.append({number.address.international(), number.label});
    if (numbers.isEmpty())
        numbers.append({QString(), QString()});
    m_numbers->setPairs(numbers);
    m_language->setText(languageInWords(contact.language));
    m_zone->setText(QString::fromLatin1(contact.zone));
    m_note->setPlainText(contact.note);
    QList<std::pair<QString, QString>> custom;
    for (const contacts::CustomField &field : contact.custom)
        custom.append({field.name, field.value});
    m_custom->setPairs(custom);
    for (QLabel *label : {m_nameProblem, m_languageProblem, m_zoneProblem})
        label->hide();
    for (QLineEdit *field : {m_name, m_given, m_family, m_organisation, m_language, m_zone})
        field->setCursorPosition(0);
    m_edited = false;
}

void ContactForm::say(QLabel *label, QWidget *field, const QString &problem) {
    QPalette ink = label->palette();
    ink.setColor(QPalette::WindowText, style::tokensFor(this).danger);
    label->setPalette(ink);
    label->setText(problem);
    label->setVisible(!problem.isEmpty());
    field->setAccessibleDescription(problem);
}

bool ContactForm::takeNumbers(contacts::Contact &contact) {
    contact.numbers.clear();
    qsizetype firstBad = -1;
    const auto rows = m_numbers->pairs();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto &[typed, label] = rows[i];
        QString problem;
        if (!typed.trimmed().isEmpty()) {
            const auto parsed = phone::parse(typed, m_home);
            const bool twice = parsed && std::any_of(contact.numbers.cbegin(), contact.numbers.cend(),
                                                     [&](const auto &one) { return one.address == *parsed; });
            if (!parsed)
                problem = phone::sentence(parsed.error());
            else if (twice)
                problem = tr("This number stands here twice. Remove one of them.");
            else
                contact.numbers.append({*parsed, contacts::plainLine(label, contacts::bounds::label).text});
        } else if (!label.trimmed().isEmpty()) {
            problem = tr("Type the number, or remove the row.");
        }
        m_numbers->setProblem(i, problem);
        if (!problem.isEmpty() && firstBad < 0)
            firstBad = i;
    }
    if (firstBad >= 0)
        m_numbers->focusRow(firstBad);
    return firstBad < 0;
}

bool ContactForm::takeCustom(contacts::Contact &contact) {
    contact.custom.clear();
    qsizetype firstBad = -1;
    const auto rows = m_custom->pairs();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QString name = contacts::plainLine(rows[i].first, contacts::bounds::label).text;
        const QString value = contacts::plainLine(rows[i].second, contacts::bounds::value).text;
        QString problem;
        if (name.isEmpty() && !value.isEmpty())
            problem = tr("Name this field, or remove it.");
        else if (std::any_of(contact.custom.cbegin(), contact.custom.cend(), [&](const auto &one) {
                     return one.name.compare(name, Qt::CaseInsensitive) == 0;
                 }))
            problem = tr("There is a field of this name already.");
        else if (!name.isEmpty())
            contact.custom.append({name, value});
        m_custom->setProblem(i, problem);
        if (!problem.isEmpty() && firstBad < 0)
            firstBad = i;
    }
    if (firstBad >= 0)
        m_custom->focusRow(firstBad);
    return firstBad < 0;
}

bool ContactForm::takeLanguageAndZone(contacts::Contact &contact) {
    const std::optional<QString> language = languageTag(m_language->text());
    const std::optional<QByteArray> zone = zoneName(m_zone->text());
    say(m_languageProblem, m_language,
        language ? QString()
                 : tr("This is no language that is known here. Pick one from the list, or leave it empty."));
    say(m_zoneProblem, m_zone,
        zone ? QString() : tr("This is no time zone. Type a city and pick one, or leave it empty."));
    if (!language)
        m_language->setFocus();
    else if (!zone)
        m_zone->setFocus();
    if (!language || !zone)
        return false;
    contact.language = *language;
    contact.zone = *zone;
    return true;
}

std::optional<contacts::Contact> ContactForm::check() {
    contacts::Contact contact = m_start;
    contact.name = lineOf(m_name, contacts::bounds::name);
    contact.givenName = lineOf(m_given, contacts::bounds::name);
    contact.familyName = lineOf(m_family, contacts::bounds::name);
    contact.organisation = lineOf(m_organisation, contacts::bounds::name);
    contact.note = contacts::plainLines(m_note->toPlainText(), contacts::bounds::note).text;
    if (contact.name.isEmpty())
        contact.name = QStringLiteral("%1 %2").arg(contact.givenName, contact.familyName).trimmed();
    if (contact.name.isEmpty())
        contact.name = contact.organisation;
    // From the last to the first, so that the keyboard ends at the first problem.
    const bool customFine = takeCustom(contact);
    const bool choicesFine = takeLanguageAndZone(contact);
    const bool numbersFine = takeNumbers(contact);
    const bool named = !contact.name.isEmpty() || !contact.numbers.isEmpty();
    say(m_nameProblem, m_name, named ? QString() : tr("Give a name, an organisation or a number."));
    if (!named)
        m_name->setFocus();
    if (!named || !numbersFine || !choicesFine || !customFine)
        return std::nullopt;
    return contact;
}

} // namespace longcode::people
