#pragma once

#include "desk/address_book.h"

#include <QDialog>

class QButtonGroup;
class QGridLayout;
class QLabel;
class QPushButton;

namespace longcode::people {

/// Groups of contacts that look like one person, one group after the other: side by side, with a choice where
/// they differ; numbers, notes and fields come together. Deletes itself when closed. The address book
/// outlives it. UI thread.
class MergeDialog final : public QDialog {
    Q_OBJECT
public:
    MergeDialog(desk::AddressBook &book, QList<QList<contacts::ContactId>> groups, const phone::Region &home,
                QWidget *parent = nullptr);

    /// How many contacts of a group are merged at once; others remain for the next time.
    static constexpr qsizetype mostAtOnce = 4;

Q_SIGNALS:
    void merged(const longcode::contacts::ContactId &id);

private:
    /// A field of which one value is kept.
    struct Choice {
        QString (*value)(const contacts::Contact &);
        void (*take)(contacts::Contact &, const contacts::Contact &);
        QButtonGroup *buttons;
    };
    void showGroup();
    void next();
    void offerMerge();
    void addHeadings(QGridLayout *grid);
    void addChoice(QGridLayout *grid, const QString &label, QString (*value)(const contacts::Contact &),
                   void (*take)(contacts::Contact &, const contacts::Contact &), const QString &objectName);
    void addTogether(QGridLayout *grid, const QString &label, const QString &text, const QString &objectName);
    [[nodiscard]] contacts::Contact result() const;
    void merge();

    desk::AddressBook &m_book;
    QList<QList<contacts::ContactId>> m_groups;
    qsizetype m_at = -1;
    phone::Region m_home;
    QList<contacts::Contact> m_people;
    QList<contacts::ContactId> m_ids;
    QList<Choice> m_choices;
    QLabel *m_place;
    QWidget *m_frame;
    QWidget *m_body = nullptr; ///< made anew for each group
    QLabel *m_trouble;
    QPushButton *m_merge = nullptr;
    QPushButton *m_skip = nullptr;
};

} // namespace longcode::people
