#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace longcode::composer {

class Habits;

/// Whether and in which language texts are checked, for the settings; says so when this computer has no
/// dictionary. Habits outlive it. UI thread.
class SpellingSetting final : public QWidget {
    Q_OBJECT
public:
    explicit SpellingSetting(Habits &habits, QWidget *parent = nullptr);

private:
    void fillLanguages();
    void showHabits();

    Habits &m_habits;
    QCheckBox *m_checks;
    QComboBox *m_language;
    QLabel *m_words;
};

} // namespace longcode::composer
