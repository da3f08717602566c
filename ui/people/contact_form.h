#pragma once

#include "contacts/contact.h"
#include "phone/phone.h"

#include <QWidget>

#include <optional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

/// The people of an account: their list, one of them, and the ways in and out. Widgets over
/// desk::AddressBook; UI thread only.
namespace longcode::people {

class PairRows;

/// The fields of one contact. What is wrong stands at its field, in a sentence, once a person wants to keep
/// the contact. UI thread.
class ContactForm final : public QWidget {
    Q_OBJECT
public:
    /// `home`: how numbers without a country are read.
    explicit ContactForm(const phone::Region &home, QWidget *parent = nullptr);

    void setContact(const contacts::Contact &contact);
    /// What stands in the fields, cleaned; none: something is wrong, it is said and the keyboard is there.
    [[nodiscard]] std::optional<contacts::Contact> check();
    [[nodiscard]] bool isEdited() const { return m_edited; }

Q_SIGNALS:
    void edited();

private:
    QLineEdit *addField(QFormLayout *form, const QString &label, const QString &objectName,
                        qsizetype longest);
    void addNumbers(QFormLayout *form);
    void addLanguageAndZone(QFormLayout *form);
    void addNote(QFormLayout *form);
    void addCustom(QFormLayout *form);
    QLabel *problemBelow(QFormLayout *form, const QString &objectName);
    bool takeNumbers(contacts::Contact &contact);
    bool takeCustom(contacts::Contact &contact);
    bool takeLanguageAndZone(contacts::Contact &contact);
    void say(QLabel *label, QWidget *field, const QString &problem);
    void noteEdit();

    phone::Region m_home;
    contacts::Contact m_start;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameProblem = nullptr;
    QLineEdit *m_given = nullptr;
    QLineEdit *m_family = nullptr;
    QLineEdit *m_organisation = nullptr;
    PairRows *m_numbers = nullptr;
    QLineEdit *m_language = nullptr;
    QLabel *m_languageProblem = nullptr;
    QLineEdit *m_zone = nullptr;
    QLabel *m_zoneProblem = nullptr;
    QPlainTextEdit *m_note = nullptr;
    PairRows *m_custom = nullptr;
    bool m_edited = false;
};

} // namespace longcode::people
