#pragma once

#include "composer/figures.h"
#include "desk/canned.h"
#include "style/panel.h"

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace longcode::composer {

class TonedLabel;

/// Asks for the variables of a text that have no value, right above the field, and shows the text as it
/// becomes. Nothing is handed on while one of them is empty. UI thread.
class CannedFill final : public style::Panel {
    Q_OBJECT
public:
    /// What becomes of the text: it is inserted at the caret, or takes the place of the present one.
    enum class Purpose : quint8 { Insert, Replace };

    explicit CannedFill(QWidget *parent = nullptr);

    void ask(const QString &text, const desk::CannedValues &values, const SenderTerms &terms,
             Purpose purpose);
    /// Closes it without a word.
    void dismiss();
    /// The field holds another text: what was to take the place of the earlier one is of no use any more.
    void sourceChanged();

Q_SIGNALS:
    void filled(const QString &text, longcode::composer::CannedFill::Purpose purpose);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void changed();
    void finish();
    void clearFields();
    [[nodiscard]] desk::CannedExpansion expansion() const;

    QString m_text;
    desk::CannedValues m_values;
    SenderTerms m_terms;
    Purpose m_purpose = Purpose::Insert;
    QHash<QString, QLineEdit *> m_fields;
    QStringList m_order;
    QWidget *m_form = nullptr;
    TonedLabel *m_preview;
    TonedLabel *m_segments;
    QPushButton *m_insert;
    QPushButton *m_cancel;
};

} // namespace longcode::composer
